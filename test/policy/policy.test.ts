import { expect } from 'chai';
import { profiles } from '../../src/connector/profile.ts';
import { policyTemplates } from '../../src/policy/templates.ts';
import { exampleRepository, failure, findings, operation, policy } from '../operation/support.ts';
import { readText, snapshot, writeTree } from '../support/folders.ts';

/** One of each template, for the example connector. */
const flagsOf: Record<string, Record<string, unknown>> = {
  setheader: { set: ['name=X-Version', 'value=2024-01-01'], section: 'Response' },
  setqueryparameter: { set: ['name=format', 'value=json'] },
  setproperty: {
    set: [
      'newPropertyParentPathTemplate=@body()',
      'newPropertySubPathTemplate=source',
      'propertyValuePathTemplate=Flow',
    ],
    operations: ['CreateStation'],
  },
  setvaluefromurl: {
    set: [
      "parameterTemplate=@headers('If-Match')",
      'parameterValueUrl=/stations/{stationId}',
      "parameterValuePathTemplate=@body()['@odata.etag']",
    ],
    operations: ['GetStation'],
  },
  dynamichosturl: { set: ["urlTemplate=https://@connectionParameters('api_key').contoso.com"] },
  routerequesttoendpoint: { set: ['newPath=/all'], operations: ['ListStations'] },
  pollingtrigger: {
    set: ['triggerConfig=since=@{triggerBody()[0].created}', 'triggerDataPath=@triggerBody()'],
    operations: ['OnNewOrder'],
  },
  updatenextlink: { set: ['nextLinkPropertyName=nextLink'], operations: ['ListStations'] },
  stringreplace: {
    set: [
      'propertyParentPath=@body()',
      'propertySubPath=name',
      'sourceString=http:',
      'replacementString=https:',
      'newPropertyPath=@body().name',
    ],
    operations: ['CreateStation'],
  },
  stringtoarray: {
    set: [
      'propertyParentPath=@body()',
      'propertySubPath=name',
      'delimiterList=;',
      'childPropertyName=id',
      'newPropertyPath=@body().names',
    ],
    operations: ['CreateStation'],
  },
  convertarraytoobject: {
    set: [
      'propertyParentPath=@body()',
      'propertySubPath=sensors',
      'keyWithinCollectionPath=id',
      'newPropertyPath=@body().byId',
      'retainKey=false',
    ],
    operations: ['GetStation'],
    section: 'Response',
  },
  convertobjecttoarray: {
    set: ['propertyParentPath=@body()', 'propertySubPath=fields', 'newPropertyPath=@body().list'],
    operations: ['GetStation'],
    section: 'Response',
  },
  encodepropertyvalue: {
    set: ['propertyParentPath=@body()', 'newPropertyPath=@body().name'],
    operations: ['CreateStation'],
  },
  setconnectionstatustounauthenticated: { set: ['statusCode=401'] },
};

/** A polling trigger without its policy, and a test connection. */
async function repository(profile: (typeof profiles)[number]): Promise<string> {
  const cwd = exampleRepository({
    profile,
    definition: { 'x-ms-capabilities': { testConnection: { operationId: 'ListRegions', parameters: {} } } },
  });
  writeTree(cwd, { 'list.json': '[ { "created": "2024-05-01T10:00:00Z" } ]' });
  const param = ['since:query'];
  await operation(cwd, {
    kind: 'polling',
    polling: 'protocol',
    path: '/orders',
    id: 'OnNewOrder',
    responseSample: 'list.json',
    param,
  });
  return cwd;
}

describe('policies', () => {
  it('every template of the platform is under its own id, and shown here', () => {
    const ids = Object.values(policyTemplates).map(({ templateId }) => templateId);
    expect(ids).to.deep.equal(Object.keys(policyTemplates));
    expect(Object.keys(flagsOf)).to.have.members(ids);
  });

  for (const [template, flags] of Object.entries(flagsOf)) {
    for (const profile of profiles) {
      it(`${template}: valid, the same again, removed without a trace (${profile})`, async () => {
        const cwd = await repository(profile);
        const before = snapshot(cwd);
        await policy(cwd, { template, title: 'Mine', ...flags });
        const once = snapshot(cwd);
        expect(once).to.not.deep.equal(before);
        expect(await findings(cwd, profile)).to.deep.equal([]);
        expect(await policy(cwd, { template, title: 'Mine', ...flags })).to.contain('nothing to change');
        expect(await policy(cwd, { list: true })).to.contain('Mine');
        await policy(cwd, { remove: 'Mine' });
        expect(snapshot(cwd)).to.deep.equal(before);
      });
    }
  }

  it('asks for the parameters of the template', async () => {
    const cwd = exampleRepository();
    await policy(
      cwd,
      { template: 'setheader' },
      { name: 'X-Version', value: '1', section: 'Request', operations: '', title: 'Version' },
    );
    expect(readText(cwd, 'connector/apiProperties.json')).to.contain('"x-ms-apimTemplateParameter.name": "X-Version"');
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      'an unknown template',
      { template: 'setheaders' },
      /--template: "setheaders" is not allowed; allowed are: setheader/,
    ],
    ['no template', {}, /--template is missing[\s\S]*routerequesttoendpoint/],
    ['a missing parameter', { template: 'setheader', set: ['name=X'] }, /value is missing/],
    [
      'an unknown parameter',
      { template: 'setheader', set: ['name=X', 'value=1', 'nmae=2'] },
      /"nmae" is not a parameter of setheader; did you mean name\?/,
    ],
    [
      'a value that is not allowed',
      { template: 'setheader', set: ['name=X', 'value=1', 'existsAction=keep'] },
      /allowed are: override, skip, append/,
    ],
    [
      'a section that the template has not',
      { template: 'setproperty', section: 'Failure', operations: ['CreateStation'], set: flagsOf.setproperty?.set },
      /allowed are: Request, Response/,
    ],
    ['an unscoped route', { template: 'routerequesttoendpoint', set: ['newPath=/x'] }, /--operations is missing/],
    [
      'an unknown operation',
      { template: 'setheader', set: ['name=X', 'value=1'], operations: ['ListStation'] },
      /did you mean ListStations/,
    ],
    [
      'an unknown connection parameter',
      { template: 'setheader', set: ['name=X', "value=@connectionParameters('apikey')"] },
      /did you mean api_key/,
    ],
    [
      'an unknown expression',
      { template: 'setheader', set: ['name=X', "value=@queryParamters('a')"] },
      /did you mean @queryParameters/,
    ],
    [
      "a trigger's expression",
      { template: 'setheader', set: ['name=X', 'value=@{triggerBody().a}'] },
      /belongs to pollingtrigger/,
    ],
    [
      'a property from the connection',
      {
        template: 'setproperty',
        set: [
          'newPropertyParentPathTemplate=@body()',
          'newPropertySubPathTemplate=key',
          "propertyValuePathTemplate=@connectionParameters('api_key')",
        ],
        operations: ['ListStations'],
        section: 'Request',
      },
      /isn't expanded there/,
    ],
    [
      'an unknown connection parameter in braces',
      { template: 'setheader', set: ['name=X', "value=@{connectionParameters('apikey')}"] },
      /did you mean api_key/,
    ],
    ["parentheses that don't match", { template: 'setheader', set: ['name=X', "value=@headers('a'"] }, /parentheses/],
    [
      'a status of letters',
      { template: 'setconnectionstatustounauthenticated', set: ['statusCode=no'] },
      /three digits/,
    ],
    ['a status without test connection', { template: 'setconnectionstatustounauthenticated' }, /no test connection/],
    [
      'a polling policy for an action',
      { template: 'pollingtrigger', set: flagsOf.pollingtrigger?.set, operations: ['ListStations'] },
      /is not a trigger/,
    ],
    ['a parameter that is not a pair', { template: 'setheader', set: ['name'] }, /NAME=VALUE/],
    ['removing what is not there', { remove: 'Other' }, /there is no such policy[\s\S]*Set format version/],
  ];
  for (const [name, flags, message] of refused) {
    it(`refuses ${name}, and writes nothing`, async () => {
      const cwd = exampleRepository();
      const before = snapshot(cwd);
      expect(await failure(policy(cwd, flags))).to.match(message);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  }
});
