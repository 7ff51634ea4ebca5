// @ts-nocheck
// Written by scripts/compile-schemas.mjs from schemas/config.schema.json; run: npm run sync
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://generator-pp-connector/schemas/config.schema.json","title":"config.json of a connector repository","description":"What has no home in the connector's own files. Every file written for the PowerShell module MsIndustryLinks is accepted.","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string","description":"Schema for editors."},"apiDefinition":{"type":"string","description":"Source API description, relative to this file. Default: connector/apiDefinition.json, that is no separate source."},"icon":{"type":"string","description":"Source icon, relative to this file. Default: connector/icon.png."},"outputDirectory":{"type":"string","description":"Folder of the files that are deployed, relative to this file. Default: connector."},"profile":{"enum":["custom","verified","independent"],"description":"Whose rules apply: custom (own tenant), verified (owner of the service, certified), independent (independent publisher)."},"oauth2":{"type":"object","description":"Values for OAuth that the API definition can't hold. Never a secret. An empty text means: not given.","additionalProperties":false,"properties":{"clientId":{"type":"string","description":"Client ID of the OAuth application; a placeholder in repositories that are published."},"refreshUrl":{"type":"string","description":"Where tokens are refreshed. Default: the token URL."},"tenantId":{"type":"string","description":"Microsoft Entra ID: the tenant. Default: common."},"resourceUri":{"type":"string","description":"Microsoft Entra ID: App ID URI or resource of the API."}}},"environments":{"type":"object","description":"Where the connector is deployed, by a name of your choice.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"url":{"type":"string","description":"URL of the environment, such as https://contoso.crm.dynamics.com."},"connectorId":{"type":"string","description":"GUID of the connector in this environment; deploy writes it when it has created or found the connector."},"solution":{"type":"string","description":"Unique name of the solution that holds the connector; deploy writes the first one that it was given."}}}},"rules":{"type":"object","description":"Validation rules that shall be judged otherwise, by rule id.","additionalProperties":{"oneOf":[{"$ref":"#/definitions/severity"},{"type":"object","additionalProperties":false,"required":["severity"],"properties":{"severity":{"$ref":"#/definitions/severity"},"reason":{"type":"string","description":"Why, for whoever reads this later."},"paths":{"type":"array","description":"JSON pointers to which this is limited; * stands for any one key.","items":{"type":"string"}}}}]}}},"definitions":{"severity":{"enum":["off","info","warning","error"]}}};
const schema12 = {"enum":["off","info","warning","error"]};

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://generator-pp-connector/schemas/config.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "$schema") || (key0 === "apiDefinition")) || (key0 === "icon")) || (key0 === "outputDirectory")) || (key0 === "profile")) || (key0 === "oauth2")) || (key0 === "environments")) || (key0 === "rules"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.$schema.type,parentSchema:schema11.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.apiDefinition !== undefined){
let data1 = data.apiDefinition;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/apiDefinition",schemaPath:"#/properties/apiDefinition/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.apiDefinition.type,parentSchema:schema11.properties.apiDefinition,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.icon !== undefined){
let data2 = data.icon;
if(typeof data2 !== "string"){
const err3 = {instancePath:instancePath+"/icon",schemaPath:"#/properties/icon/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.icon.type,parentSchema:schema11.properties.icon,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.outputDirectory !== undefined){
let data3 = data.outputDirectory;
if(typeof data3 !== "string"){
const err4 = {instancePath:instancePath+"/outputDirectory",schemaPath:"#/properties/outputDirectory/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.outputDirectory.type,parentSchema:schema11.properties.outputDirectory,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.profile !== undefined){
let data4 = data.profile;
if(!(((data4 === "custom") || (data4 === "verified")) || (data4 === "independent"))){
const err5 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/enum",keyword:"enum",params:{allowedValues: schema11.properties.profile.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.profile.enum,parentSchema:schema11.properties.profile,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.oauth2 !== undefined){
let data5 = data.oauth2;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
if(!((((key1 === "clientId") || (key1 === "refreshUrl")) || (key1 === "tenantId")) || (key1 === "resourceUri"))){
const err6 = {instancePath:instancePath+"/oauth2",schemaPath:"#/properties/oauth2/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.oauth2,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data5.clientId !== undefined){
let data6 = data5.clientId;
if(typeof data6 !== "string"){
const err7 = {instancePath:instancePath+"/oauth2/clientId",schemaPath:"#/properties/oauth2/properties/clientId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.oauth2.properties.clientId.type,parentSchema:schema11.properties.oauth2.properties.clientId,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data5.refreshUrl !== undefined){
let data7 = data5.refreshUrl;
if(typeof data7 !== "string"){
const err8 = {instancePath:instancePath+"/oauth2/refreshUrl",schemaPath:"#/properties/oauth2/properties/refreshUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.oauth2.properties.refreshUrl.type,parentSchema:schema11.properties.oauth2.properties.refreshUrl,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data5.tenantId !== undefined){
let data8 = data5.tenantId;
if(typeof data8 !== "string"){
const err9 = {instancePath:instancePath+"/oauth2/tenantId",schemaPath:"#/properties/oauth2/properties/tenantId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.oauth2.properties.tenantId.type,parentSchema:schema11.properties.oauth2.properties.tenantId,data:data8};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data5.resourceUri !== undefined){
let data9 = data5.resourceUri;
if(typeof data9 !== "string"){
const err10 = {instancePath:instancePath+"/oauth2/resourceUri",schemaPath:"#/properties/oauth2/properties/resourceUri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.oauth2.properties.resourceUri.type,parentSchema:schema11.properties.oauth2.properties.resourceUri,data:data9};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/oauth2",schemaPath:"#/properties/oauth2/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.oauth2.type,parentSchema:schema11.properties.oauth2,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.environments !== undefined){
let data10 = data.environments;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
let data11 = data10[key2];
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
if(!(((key3 === "url") || (key3 === "connectorId")) || (key3 === "solution"))){
const err12 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.environments.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data11.url !== undefined){
let data12 = data11.url;
if(typeof data12 !== "string"){
const err13 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/url",schemaPath:"#/properties/environments/additionalProperties/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.url.type,parentSchema:schema11.properties.environments.additionalProperties.properties.url,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data11.connectorId !== undefined){
let data13 = data11.connectorId;
if(typeof data13 !== "string"){
const err14 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/connectorId",schemaPath:"#/properties/environments/additionalProperties/properties/connectorId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.connectorId.type,parentSchema:schema11.properties.environments.additionalProperties.properties.connectorId,data:data13};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data11.solution !== undefined){
let data14 = data11.solution;
if(typeof data14 !== "string"){
const err15 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/solution",schemaPath:"#/properties/environments/additionalProperties/properties/solution/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.solution.type,parentSchema:schema11.properties.environments.additionalProperties.properties.solution,data:data14};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.environments.additionalProperties.type,parentSchema:schema11.properties.environments.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.environments.type,parentSchema:schema11.properties.environments,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.rules !== undefined){
let data15 = data.rules;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key4 in data15){
let data16 = data15[key4];
const _errs38 = errors;
let valid5 = false;
let passing0 = null;
const _errs39 = errors;
if(!((((data16 === "off") || (data16 === "info")) || (data16 === "warning")) || (data16 === "error"))){
const err18 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values",schema:schema12.enum,parentSchema:schema12,data:data16};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid0 = _errs39 === errors;
if(_valid0){
valid5 = true;
passing0 = 0;
}
const _errs41 = errors;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.severity === undefined){
const err19 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf/1/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'",schema:schema11.properties.rules.additionalProperties.oneOf[1].required,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1],data:data16};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key5 in data16){
if(!(((key5 === "severity") || (key5 === "reason")) || (key5 === "paths"))){
const err20 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1],data:data16};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data16.severity !== undefined){
let data17 = data16.severity;
if(!((((data17 === "off") || (data17 === "info")) || (data17 === "warning")) || (data17 === "error"))){
const err21 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values",schema:schema12.enum,parentSchema:schema12,data:data17};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data16.reason !== undefined){
let data18 = data16.reason;
if(typeof data18 !== "string"){
const err22 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/reason",schemaPath:"#/properties/rules/additionalProperties/oneOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.rules.additionalProperties.oneOf[1].properties.reason.type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1].properties.reason,data:data18};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data16.paths !== undefined){
let data19 = data16.paths;
if(Array.isArray(data19)){
const len0 = data19.length;
for(let i0=0; i0<len0; i0++){
let data20 = data19[i0];
if(typeof data20 !== "string"){
const err23 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/paths/" + i0,schemaPath:"#/properties/rules/additionalProperties/oneOf/1/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths.items.type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths.items,data:data20};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/paths",schemaPath:"#/properties/rules/additionalProperties/oneOf/1/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths.type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths,data:data19};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.rules.additionalProperties.oneOf[1].type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1],data:data16};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
var _valid0 = _errs41 === errors;
if(_valid0 && valid5){
valid5 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid5 = true;
passing0 = 1;
}
}
if(!valid5){
const err26 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema11.properties.rules.additionalProperties.oneOf,parentSchema:schema11.properties.rules.additionalProperties,data:data16};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
else {
errors = _errs38;
if(vErrors !== null){
if(_errs38){
vErrors.length = _errs38;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err27 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.rules.type,parentSchema:schema11.properties.rules,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

