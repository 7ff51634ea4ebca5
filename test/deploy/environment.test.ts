import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { decode, type JsonFile, parseJson } from '../../src/connector/source-file.ts';
import { Environments } from '../../src/deploy/environment.ts';
import { planLogin } from '../../src/deploy/plan-login.ts';
import { UserError } from '../../src/errors.ts';
import { loginRequest } from './options.ts';
import { devUrl, prodUrl, someGuid } from './sample.ts';

const configOf = (content: JsonObject | string): JsonFile => {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  return parseJson(decode({ role: 'config', path: '/repo/config.json', bytes }));
};
const environments = (content: JsonObject) => new Environments(configOf({ environments: content }));

const both = environments({
  dev: { url: devUrl, connectorId: '', solution: '' },
  prod: { url: prodUrl, connectorId: someGuid, solution: 'ContosoConnectors' },
});
const none = new Environments(undefined);

describe('Environments', () => {
  it('finds one by its name', () => {
    expect(both.choose('prod')).to.deep.equal({
      name: 'prod',
      target: prodUrl,
      connectorId: someGuid,
      solution: 'ContosoConnectors',
      overrides: {},
    });
  });

  it('takes empty strings for not given', () => {
    expect(both.choose('dev')).to.deep.equal({
      name: 'dev',
      target: devUrl,
      connectorId: undefined,
      solution: undefined,
      overrides: {},
    });
  });

  it('recognises the address of a listed one, however it is written', () => {
    const chosen = both.choose('https://CONTOSO.crm4.dynamics.com');
    expect(chosen.name).to.equal('prod');
    expect(chosen.connectorId).to.equal(someGuid);
  });

  it('recognises the GUID of a listed one', () => {
    const listed = environments({ dev: { url: someGuid.toUpperCase(), solution: 'ContosoConnectors' } });
    expect(listed.choose(someGuid)).to.include({ name: 'dev', target: someGuid, solution: 'ContosoConnectors' });
  });

  it('takes other addresses and GUIDs as they are', () => {
    expect(none.choose('https://x.crm.dynamics.com').target).to.equal('https://x.crm.dynamics.com');
    expect(none.choose(someGuid).target).to.equal(someGuid);
  });

  const refused: [string, () => unknown, RegExp, RegExp][] = [
    [
      'names that differ in capitals only',
      () => environments({ Dev: { url: devUrl }, dev: { url: devUrl } }).choose('dev'),
      /"environments" has both "Dev" and "dev"/,
      /correct it/,
    ],
    ['an unknown name', () => both.choose('staging'), /"staging".*\(dev, prod\)/, /config.json|"environments"|add it/],
    ['a mistyped name', () => both.choose('prd'), /"prd"/, /--environment prod/],
    ['a name when none is listed', () => none.choose('dev'), /none yet/, /"dev": \{ "url"/],
    ['http', () => both.choose('http://x.crm.dynamics.com'), /an https URL/, /https:/],
    ['a path that leads nowhere', () => none.choose('https://x.crm.dynamics.com/$(id)/..'), /inside of an/, /https:/],
    ['a host that a shell would run', () => none.choose('https://a$(id).b'), /inside of an/, /https:/],
    ['an address with a quote', () => both.choose('https://x/"&calc'), /an https URL/, /https:/],
    [
      "an address of a browser's, inside of an environment",
      () => none.choose('https://x.crm.dynamics.com/main.aspx?appid=1'),
      /inside of an environment/,
      /: https:\/\/x\.crm\.dynamics\.com$/,
    ],
    [
      'an address of the maker portal, with the id in it',
      () => none.choose(`https://make.powerapps.com/environments/${someGuid}/home`),
      /inside of the maker portal/,
      new RegExp(someGuid),
    ],
    [
      'an address with a password, which is not repeated',
      () => environments({ dev: { url: 'https://ada:pw@x.crm.dynamics.com' } }).choose('dev'),
      /^(?!.*ada:pw).*environments\.dev\.url.*password/,
      /https:\/\/x\.crm\.dynamics\.com;/,
    ],
    [
      'an entry without url',
      () => environments({ dev: {} }).choose('dev'),
      /environments\.dev\.url is not given/,
      /address/,
    ],
    [
      'an id of paconn',
      () => environments({ dev: { url: devUrl, connectorId: 'shared_contoso-5f1' } }).choose('dev'),
      /environments\.dev\.connectorId: "shared_contoso-5f1" is not a GUID/,
      /pac connector list --environment/,
    ],
    [
      'a solution by its display name',
      () => environments({ dev: { url: devUrl, solution: 'My Solution' } }).choose('dev'),
      /unique name/,
      /pac solution list/,
    ],
    ['entries that are not objects', () => environments({ dev: devUrl }), /"environments.dev" must be/, /correct/],
    ['no object', () => new Environments(configOf({ environments: [] })), /must be an object/, /correct/],
    ['a number', () => environments({ dev: { url: 1 } }), /environments\.dev\.url" must be a string/, /correct/],
    ['broken JSON', () => new Environments(configOf('{ "environments": {, }')), /config\.json:1:\d+: /, /repair/],
  ];
  for (const [what, attempt, message, hint] of refused) {
    it(`refuses ${what}`, () => {
      expect(attempt).to.throw(UserError, message).with.property('hint').that.matches(hint);
    });
  }

  it('takes the all-zero id of examples for not given', () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    expect(environments({ dev: { url: devUrl, connectorId: zero } }).choose('dev').connectorId).to.equal(undefined);
  });
});

describe('planLogin', () => {
  const args = (list: Environments, environment?: string, url?: string) =>
    planLogin(loginRequest({ environment, url }), list).command.args.join(' ');
  const one = environments({ dev: { url: devUrl } });

  it('signs in to an address or a name of config.json', () => {
    expect(args(both, 'prod')).to.equal(`auth create --environment ${prodUrl}`);
    expect(args(none, devUrl)).to.equal(`auth create --environment ${devUrl}`);
  });

  it('translates --url of the PowerShell module', () => {
    expect(args(none, undefined, devUrl)).to.equal(`auth create --environment ${devUrl}`);
  });

  it('without a flag takes the only environment, or lets pac ask', () => {
    expect(args(one)).to.equal(`auth create --environment ${devUrl}`);
    expect(args(none)).to.equal('auth create');
  });

  it('hands names on that pac looks up itself, when config.json has none', () => {
    expect(args(none, 'Contoso Dev')).to.equal('auth create --environment Contoso Dev');
  });

  it('refuses both flags, several environments, a name that is not listed, no https', () => {
    expect(() => args(none, devUrl, devUrl)).to.throw(UserError, /both are given/);
    expect(() => args(both)).to.throw(UserError, /several environments: dev, prod/);
    expect(() => args(both, 'prdo')).to.throw(UserError, /"prdo"/);
    expect(() => args(none, undefined, 'http://x')).to.throw(UserError, /an https URL/);
    expect(() => args(none, '--name')).to.throw(UserError);
  });
});
