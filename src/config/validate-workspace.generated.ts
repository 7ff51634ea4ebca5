// @ts-nocheck
// Written by scripts/compile-schemas.mjs from schemas/pp-connector.schema.json; run: npm run sync
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://generator-pp-connector/schemas/pp-connector.schema.json","title":"pp-connector.json of a git repository with several connectors","description":"Where the connectors are, and what they have in common. A connector's own config.json wins.","type":"object","additionalProperties":false,"required":["connectors"],"properties":{"$schema":{"type":"string","description":"Schema for editors."},"connectors":{"type":"array","description":"Folders of the connectors, relative to this file; * stands for any part of one name: connectors/*.","items":{"type":"string"}},"defaults":{"type":"object","description":"What counts for every connector that doesn't say otherwise.","additionalProperties":false,"properties":{"profile":{"enum":["custom","verified","independent"],"description":"Whose rules apply: custom (own tenant), verified (owner of the service, certified), independent (independent publisher)."},"publisher":{"type":"string","description":"Publisher that new connectors name."},"stackOwner":{"type":"string","description":"Owner of the service that new connectors name."},"contact":{"type":"object","description":"Contact that new connectors name.","additionalProperties":false,"properties":{"name":{"type":"string","description":"Name of a person or team."},"url":{"type":"string","description":"Page where help is found."},"email":{"type":"string","description":"E-mail address."}}},"rules":{"type":"object","description":"Validation rules that shall be judged otherwise, by rule id.","additionalProperties":{"oneOf":[{"$ref":"#/definitions/severity"},{"type":"object","additionalProperties":false,"required":["severity"],"properties":{"severity":{"$ref":"#/definitions/severity"},"reason":{"type":"string","description":"Why, for whoever reads this later."},"paths":{"type":"array","description":"JSON pointers to which this is limited; * stands for any one key.","items":{"type":"string"}}}}]}}}}},"definitions":{"severity":{"enum":["off","info","warning","error"]}}};
const schema12 = {"enum":["off","info","warning","error"]};

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://generator-pp-connector/schemas/pp-connector.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.connectors === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "connectors"},message:"must have required property '"+"connectors"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "$schema") || (key0 === "connectors")) || (key0 === "defaults"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.$schema.type,parentSchema:schema11.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.connectors !== undefined){
let data1 = data.connectors;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err3 = {instancePath:instancePath+"/connectors/" + i0,schemaPath:"#/properties/connectors/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.connectors.items.type,parentSchema:schema11.properties.connectors.items,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/connectors",schemaPath:"#/properties/connectors/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.connectors.type,parentSchema:schema11.properties.connectors,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.defaults !== undefined){
let data3 = data.defaults;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(((((key1 === "profile") || (key1 === "publisher")) || (key1 === "stackOwner")) || (key1 === "contact")) || (key1 === "rules"))){
const err5 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.defaults,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data3.profile !== undefined){
let data4 = data3.profile;
if(!(((data4 === "custom") || (data4 === "verified")) || (data4 === "independent"))){
const err6 = {instancePath:instancePath+"/defaults/profile",schemaPath:"#/properties/defaults/properties/profile/enum",keyword:"enum",params:{allowedValues: schema11.properties.defaults.properties.profile.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.defaults.properties.profile.enum,parentSchema:schema11.properties.defaults.properties.profile,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data3.publisher !== undefined){
let data5 = data3.publisher;
if(typeof data5 !== "string"){
const err7 = {instancePath:instancePath+"/defaults/publisher",schemaPath:"#/properties/defaults/properties/publisher/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.defaults.properties.publisher.type,parentSchema:schema11.properties.defaults.properties.publisher,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data3.stackOwner !== undefined){
let data6 = data3.stackOwner;
if(typeof data6 !== "string"){
const err8 = {instancePath:instancePath+"/defaults/stackOwner",schemaPath:"#/properties/defaults/properties/stackOwner/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.defaults.properties.stackOwner.type,parentSchema:schema11.properties.defaults.properties.stackOwner,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data3.contact !== undefined){
let data7 = data3.contact;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key2 in data7){
if(!(((key2 === "name") || (key2 === "url")) || (key2 === "email"))){
const err9 = {instancePath:instancePath+"/defaults/contact",schemaPath:"#/properties/defaults/properties/contact/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.defaults.properties.contact,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data7.name !== undefined){
let data8 = data7.name;
if(typeof data8 !== "string"){
const err10 = {instancePath:instancePath+"/defaults/contact/name",schemaPath:"#/properties/defaults/properties/contact/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.defaults.properties.contact.properties.name.type,parentSchema:schema11.properties.defaults.properties.contact.properties.name,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data7.url !== undefined){
let data9 = data7.url;
if(typeof data9 !== "string"){
const err11 = {instancePath:instancePath+"/defaults/contact/url",schemaPath:"#/properties/defaults/properties/contact/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.defaults.properties.contact.properties.url.type,parentSchema:schema11.properties.defaults.properties.contact.properties.url,data:data9};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data7.email !== undefined){
let data10 = data7.email;
if(typeof data10 !== "string"){
const err12 = {instancePath:instancePath+"/defaults/contact/email",schemaPath:"#/properties/defaults/properties/contact/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.defaults.properties.contact.properties.email.type,parentSchema:schema11.properties.defaults.properties.contact.properties.email,data:data10};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/defaults/contact",schemaPath:"#/properties/defaults/properties/contact/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.defaults.properties.contact.type,parentSchema:schema11.properties.defaults.properties.contact,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data3.rules !== undefined){
let data11 = data3.rules;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
let data12 = data11[key3];
const _errs29 = errors;
let valid6 = false;
let passing0 = null;
const _errs30 = errors;
if(!((((data12 === "off") || (data12 === "info")) || (data12 === "warning")) || (data12 === "error"))){
const err14 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values",schema:schema12.enum,parentSchema:schema12,data:data12};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid0 = _errs30 === errors;
if(_valid0){
valid6 = true;
passing0 = 0;
}
const _errs32 = errors;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.severity === undefined){
const err15 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/defaults/properties/rules/additionalProperties/oneOf/1/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'",schema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].required,parentSchema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1],data:data12};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key4 in data12){
if(!(((key4 === "severity") || (key4 === "reason")) || (key4 === "paths"))){
const err16 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/defaults/properties/rules/additionalProperties/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1],data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data12.severity !== undefined){
let data13 = data12.severity;
if(!((((data13 === "off") || (data13 === "info")) || (data13 === "warning")) || (data13 === "error"))){
const err17 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values",schema:schema12.enum,parentSchema:schema12,data:data13};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data12.reason !== undefined){
let data14 = data12.reason;
if(typeof data14 !== "string"){
const err18 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/reason",schemaPath:"#/properties/defaults/properties/rules/additionalProperties/oneOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].properties.reason.type,parentSchema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].properties.reason,data:data14};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data12.paths !== undefined){
let data15 = data12.paths;
if(Array.isArray(data15)){
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
let data16 = data15[i1];
if(typeof data16 !== "string"){
const err19 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/paths/" + i1,schemaPath:"#/properties/defaults/properties/rules/additionalProperties/oneOf/1/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].properties.paths.items.type,parentSchema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].properties.paths.items,data:data16};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/paths",schemaPath:"#/properties/defaults/properties/rules/additionalProperties/oneOf/1/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].properties.paths.type,parentSchema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].properties.paths,data:data15};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/defaults/properties/rules/additionalProperties/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1].type,parentSchema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf[1],data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid0 = _errs32 === errors;
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
const err22 = {instancePath:instancePath+"/defaults/rules/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/defaults/properties/rules/additionalProperties/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema11.properties.defaults.properties.rules.additionalProperties.oneOf,parentSchema:schema11.properties.defaults.properties.rules.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
else {
errors = _errs29;
if(vErrors !== null){
if(_errs29){
vErrors.length = _errs29;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err23 = {instancePath:instancePath+"/defaults/rules",schemaPath:"#/properties/defaults/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.defaults.properties.rules.type,parentSchema:schema11.properties.defaults.properties.rules,data:data11};
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
const err24 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.defaults.type,parentSchema:schema11.properties.defaults,data:data3};
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
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

