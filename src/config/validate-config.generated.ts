// @ts-nocheck
// Written by scripts/compile-schemas.mjs from schemas/config.schema.json; run: npm run sync
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://generator-pp-connector/schemas/config.schema.json","title":"config.json of a connector repository","description":"What has no home in the connector's own files. Every file written for the PowerShell module MsIndustryLinks is accepted.","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string","description":"Schema for editors."},"apiDefinition":{"type":"string","description":"Source API description, relative to this file. Default: connector/apiDefinition.json, that is no separate source."},"icon":{"type":"string","description":"Source icon, relative to this file. Default: connector/icon.png."},"outputDirectory":{"type":"string","description":"Folder of the files that are deployed, relative to this file. Default: connector."},"profile":{"enum":["custom","verified","independent"],"description":"Whose rules apply: custom (own tenant), verified (owner of the service, certified), independent (independent publisher)."},"oauth2":{"type":"object","description":"Values for OAuth that the API definition can't hold. Never a secret. An empty text means: not given.","additionalProperties":false,"properties":{"clientId":{"type":"string","description":"Client ID of the OAuth application; a placeholder in repositories that are published."},"refreshUrl":{"type":"string","description":"Where tokens are refreshed. Default: the token URL."},"tenantId":{"type":"string","description":"Microsoft Entra ID: the tenant. Default: common."},"resourceUri":{"type":"string","description":"Microsoft Entra ID: App ID URI or resource of the API."}}},"environments":{"type":"object","description":"Where the connector is deployed, by a name of your choice.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"url":{"type":"string","description":"URL of the environment, such as https://contoso.crm.dynamics.com."},"connectorId":{"type":"string","description":"GUID of the connector in this environment; deploy writes it when it has created or found the connector."},"solution":{"type":"string","description":"Unique name of the solution that holds the connector; deploy writes the first one that it was given."},"overrides":{"type":"object","description":"What the connector has otherwise in this environment. It is put into the copy that is deployed; the repository stays as it is. An empty text means: not given.","additionalProperties":false,"properties":{"host":{"type":"string","pattern":"^([^\\s/:?#@]+(:\\d+)?)?$","description":"Host of the API, without scheme and path, such as test.contoso.com."},"basePath":{"type":"string","pattern":"^(/[^\\s?#]*)?$","description":"Path before all paths of the operations, such as /v2."},"title":{"type":"string","pattern":"^.{0,30}$","description":"Name of the connector there, of 30 characters at most, such as Contoso (test)."},"icon":{"type":"string","description":"Icon (PNG), relative to this file."},"authorizationUrl":{"type":"string","pattern":"^(https://\\S+)?$","description":"https URL where people sign in by OAuth."},"tokenUrl":{"type":"string","pattern":"^(https://\\S+)?$","description":"https URL of OAuth that gives tokens."},"refreshUrl":{"type":"string","pattern":"^(https://\\S+)?$","description":"https URL where tokens are refreshed. Default: the token URL, where the connector has it so."},"resourceUri":{"type":"string","description":"Microsoft Entra ID: App ID URI or resource of the API."},"tenantId":{"type":"string","pattern":"^[^\\s/]*$","description":"Microsoft Entra ID: the tenant."},"clientId":{"type":"string","description":"Client ID of the OAuth application; CONNECTOR_CLIENT_ID wins over it. Never a secret."}}}}}},"rules":{"type":"object","description":"Validation rules that shall be judged otherwise, by rule id.","additionalProperties":{"oneOf":[{"$ref":"#/definitions/severity"},{"type":"object","additionalProperties":false,"required":["severity"],"properties":{"severity":{"$ref":"#/definitions/severity"},"reason":{"type":"string","description":"Why, for whoever reads this later."},"paths":{"type":"array","description":"JSON pointers to which this is limited; * stands for any one key.","items":{"type":"string"}}}}]}}},"definitions":{"severity":{"enum":["off","info","warning","error"]}}};
const schema12 = {"enum":["off","info","warning","error"]};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^([^\\s/:?#@]+(:\\d+)?)?$", "u");
const pattern1 = new RegExp("^(/[^\\s?#]*)?$", "u");
const pattern2 = new RegExp("^.{0,30}$", "u");
const pattern3 = new RegExp("^(https://\\S+)?$", "u");
const pattern6 = new RegExp("^[^\\s/]*$", "u");

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
if(!((((key3 === "url") || (key3 === "connectorId")) || (key3 === "solution")) || (key3 === "overrides"))){
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
if(data11.overrides !== undefined){
let data15 = data11.overrides;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key4 in data15){
if(!(func2.call(schema11.properties.environments.additionalProperties.properties.overrides.properties, key4))){
const err16 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides,data:data15};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data15.host !== undefined){
let data16 = data15.host;
if(typeof data16 === "string"){
if(!pattern0.test(data16)){
const err17 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/host",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/host/pattern",keyword:"pattern",params:{pattern: "^([^\\s/:?#@]+(:\\d+)?)?$"},message:"must match pattern \""+"^([^\\s/:?#@]+(:\\d+)?)?$"+"\"",schema:"^([^\\s/:?#@]+(:\\d+)?)?$",parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.host,data:data16};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/host",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.host.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.host,data:data16};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data15.basePath !== undefined){
let data17 = data15.basePath;
if(typeof data17 === "string"){
if(!pattern1.test(data17)){
const err19 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/basePath",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/basePath/pattern",keyword:"pattern",params:{pattern: "^(/[^\\s?#]*)?$"},message:"must match pattern \""+"^(/[^\\s?#]*)?$"+"\"",schema:"^(/[^\\s?#]*)?$",parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.basePath,data:data17};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/basePath",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/basePath/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.basePath.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.basePath,data:data17};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data15.title !== undefined){
let data18 = data15.title;
if(typeof data18 === "string"){
if(!pattern2.test(data18)){
const err21 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/title",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/title/pattern",keyword:"pattern",params:{pattern: "^.{0,30}$"},message:"must match pattern \""+"^.{0,30}$"+"\"",schema:"^.{0,30}$",parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.title,data:data18};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/title",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.title.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.title,data:data18};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data15.icon !== undefined){
let data19 = data15.icon;
if(typeof data19 !== "string"){
const err23 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/icon",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/icon/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.icon.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.icon,data:data19};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data15.authorizationUrl !== undefined){
let data20 = data15.authorizationUrl;
if(typeof data20 === "string"){
if(!pattern3.test(data20)){
const err24 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/authorizationUrl",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/authorizationUrl/pattern",keyword:"pattern",params:{pattern: "^(https://\\S+)?$"},message:"must match pattern \""+"^(https://\\S+)?$"+"\"",schema:"^(https://\\S+)?$",parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.authorizationUrl,data:data20};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/authorizationUrl",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/authorizationUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.authorizationUrl.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.authorizationUrl,data:data20};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data15.tokenUrl !== undefined){
let data21 = data15.tokenUrl;
if(typeof data21 === "string"){
if(!pattern3.test(data21)){
const err26 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/tokenUrl",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/tokenUrl/pattern",keyword:"pattern",params:{pattern: "^(https://\\S+)?$"},message:"must match pattern \""+"^(https://\\S+)?$"+"\"",schema:"^(https://\\S+)?$",parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.tokenUrl,data:data21};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/tokenUrl",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/tokenUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.tokenUrl.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.tokenUrl,data:data21};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data15.refreshUrl !== undefined){
let data22 = data15.refreshUrl;
if(typeof data22 === "string"){
if(!pattern3.test(data22)){
const err28 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/refreshUrl",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/refreshUrl/pattern",keyword:"pattern",params:{pattern: "^(https://\\S+)?$"},message:"must match pattern \""+"^(https://\\S+)?$"+"\"",schema:"^(https://\\S+)?$",parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.refreshUrl,data:data22};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/refreshUrl",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/refreshUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.refreshUrl.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.refreshUrl,data:data22};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data15.resourceUri !== undefined){
let data23 = data15.resourceUri;
if(typeof data23 !== "string"){
const err30 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/resourceUri",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/resourceUri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.resourceUri.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.resourceUri,data:data23};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data15.tenantId !== undefined){
let data24 = data15.tenantId;
if(typeof data24 === "string"){
if(!pattern6.test(data24)){
const err31 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/tenantId",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/tenantId/pattern",keyword:"pattern",params:{pattern: "^[^\\s/]*$"},message:"must match pattern \""+"^[^\\s/]*$"+"\"",schema:"^[^\\s/]*$",parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.tenantId,data:data24};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/tenantId",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/tenantId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.tenantId.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.tenantId,data:data24};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data15.clientId !== undefined){
let data25 = data15.clientId;
if(typeof data25 !== "string"){
const err33 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides/clientId",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/properties/clientId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.environments.additionalProperties.properties.overrides.properties.clientId.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides.properties.clientId,data:data25};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/overrides",schemaPath:"#/properties/environments/additionalProperties/properties/overrides/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.environments.additionalProperties.properties.overrides.type,parentSchema:schema11.properties.environments.additionalProperties.properties.overrides,data:data15};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/environments/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.environments.additionalProperties.type,parentSchema:schema11.properties.environments.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.environments.type,parentSchema:schema11.properties.environments,data:data10};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.rules !== undefined){
let data26 = data.rules;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key5 in data26){
let data27 = data26[key5];
const _errs61 = errors;
let valid6 = false;
let passing0 = null;
const _errs62 = errors;
if(!((((data27 === "off") || (data27 === "info")) || (data27 === "warning")) || (data27 === "error"))){
const err37 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values",schema:schema12.enum,parentSchema:schema12,data:data27};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
var _valid0 = _errs62 === errors;
if(_valid0){
valid6 = true;
passing0 = 0;
}
const _errs64 = errors;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(data27.severity === undefined){
const err38 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf/1/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'",schema:schema11.properties.rules.additionalProperties.oneOf[1].required,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1],data:data27};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
for(const key6 in data27){
if(!(((key6 === "severity") || (key6 === "reason")) || (key6 === "paths"))){
const err39 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1],data:data27};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data27.severity !== undefined){
let data28 = data27.severity;
if(!((((data28 === "off") || (data28 === "info")) || (data28 === "warning")) || (data28 === "error"))){
const err40 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values",schema:schema12.enum,parentSchema:schema12,data:data28};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data27.reason !== undefined){
let data29 = data27.reason;
if(typeof data29 !== "string"){
const err41 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/reason",schemaPath:"#/properties/rules/additionalProperties/oneOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.rules.additionalProperties.oneOf[1].properties.reason.type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1].properties.reason,data:data29};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data27.paths !== undefined){
let data30 = data27.paths;
if(Array.isArray(data30)){
const len0 = data30.length;
for(let i0=0; i0<len0; i0++){
let data31 = data30[i0];
if(typeof data31 !== "string"){
const err42 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/paths/" + i0,schemaPath:"#/properties/rules/additionalProperties/oneOf/1/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths.items.type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths.items,data:data31};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/paths",schemaPath:"#/properties/rules/additionalProperties/oneOf/1/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths.type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1].properties.paths,data:data30};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.rules.additionalProperties.oneOf[1].type,parentSchema:schema11.properties.rules.additionalProperties.oneOf[1],data:data27};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
var _valid0 = _errs64 === errors;
if(_valid0 && valid6){
valid6 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid6 = true;
passing0 = 1;
}
}
if(!valid6){
const err45 = {instancePath:instancePath+"/rules/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema11.properties.rules.additionalProperties.oneOf,parentSchema:schema11.properties.rules.additionalProperties,data:data27};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
else {
errors = _errs61;
if(vErrors !== null){
if(_errs61){
vErrors.length = _errs61;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err46 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.rules.type,parentSchema:schema11.properties.rules,data:data26};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

