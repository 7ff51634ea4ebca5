import { expect } from 'chai';
import type { Answers } from '../../../src/answers.ts';
import { authenticationKinds, rareKinds } from '../../../src/authentication/kinds.ts';
import { type Profile, profiles } from '../../../src/connector/profile.ts';
import { policyTemplateIds } from '../../../src/policy/templates.ts';
import { accept, withDefaults } from '../../../src/repository/questions/accept.ts';
import { appQuestions, packageName } from '../../../src/repository/questions/app.ts';
import { fromAuthentication, toAuthentication } from '../../../src/repository/questions/authentication.ts';
import {
  checkBasePath,
  checkBrandColor,
  checkConnectorDescription,
  checkHost,
  checkMail,
  checkName,
  checkTitle,
  checkUrl,
} from '../../../src/repository/questions/checks.ts';
import { oauthQuestions } from '../../../src/repository/questions/oauth.ts';
import { operationQuestions } from '../../../src/repository/questions/operation.ts';
import { parameterQuestions } from '../../../src/repository/questions/parameter.ts';
import {
  policyQuestions,
  parameterQuestions as questionsOfTemplate,
} from '../../../src/repository/questions/policy.ts';
import { kebabCase, type Questions } from '../../../src/repository/questions/question.ts';
import { readmeQuestions } from '../../../src/repository/questions/readme.ts';
import { workspaceQuestions } from '../../../src/repository/questions/workspace.ts';
import { titleFrom } from '../../../src/repository/title.ts';
import { RuleConfiguration } from '../../../src/rules/engine/rule-configuration.ts';
import { runRules } from '../../../src/rules/engine/run.ts';
import { exampleConnector } from '../../../src/rules/examples/example-connector.ts';
import { allRules } from '../../../src/rules/families/catalogue.ts';
import { authentications } from '../../support/connectors.ts';

const tables: Record<string, Questions> = {
  app: appQuestions,
  oauth: oauthQuestions,
  operation: operationQuestions,
  readme: readmeQuestions,
  parameter: parameterQuestions,
  policy: policyQuestions,
  workspace: workspaceQuestions,
  ...Object.fromEntries(policyTemplateIds.map((id) => [id, questionsOfTemplate(id)])),
};

describe('the tables of questions', () => {
  for (const [name, questions] of Object.entries(tables)) {
    it(`${name}: every row has help, and a prompt unless it is a flag only`, () => {
      for (const [key, { message, help, flagOnly, type, choices, labels }] of Object.entries(questions)) {
        // those about one more parameter are no flags
        if (name !== 'parameter') expect(help, key).to.match(/\S/);
        if (!flagOnly) expect(message, key).to.match(/\S/);
        if (type === 'select' || type === 'checkbox') expect(choices?.length, key).to.be.greaterThan(0);
        // keywords of flags are no words for people: each choice has a label, which starts like a sentence
        if (flagOnly) continue;
        for (const choice of choices ?? []) {
          const label = labels?.[choice] ?? choice;
          expect(label, `${key}: ${choice}`).to.match(/^[A-Z]/);
          // behind a mark, in a terminal of 80 columns
          expect(label.length, label).to.be.at.most(76);
        }
      }
    });

    it(`${name}: flags differ, and a file of answers may use either spelling`, () => {
      const flags = Object.keys(questions).map(kebabCase);
      expect(new Set(flags).size).to.equal(flags.length);
    });
  }

  it('offer every kind of authentication', () => {
    for (const { auth } of [appQuestions, oauthQuestions]) {
      expect(auth.choices).to.deep.equal([...authenticationKinds, ...rareKinds]);
    }
  });

  it('describe an authentication completely: there and back', () => {
    for (const [name, authentication] of Object.entries(authentications)) {
      const back = toAuthentication(fromAuthentication(authentication));
      expect(JSON.parse(JSON.stringify(back)), name).to.deep.equal(JSON.parse(JSON.stringify(authentication)));
    }
  });

  it('take scopes in one line or in several answers', () => {
    const scopes = (scope: string | string[]) =>
      toAuthentication({ auth: 'client-credentials', tokenUrl: 'https://x', scope });
    expect(scopes('a b')).to.deep.equal(scopes(['a', 'b']));
  });

  it('have defaults that pass their own checks', () => {
    const answers = withDefaults(appQuestions, { folder: 'Contoso Wetter', name: 'contoso' });
    expect(
      accept(
        appQuestions,
        { title: answers.title, host: answers.host, basePath: answers.basePath, brandColor: answers.brandColor },
        (name) => name,
      ),
    ).to.include({ title: 'Contoso' });
    expect(checkTitle(String(answers.title), { profile: 'verified' })).to.equal(true);
    expect(checkHost(String(answers.host))).to.equal(true);
    expect(checkBasePath(String(answers.basePath))).to.equal(true);
  });
});

describe('names made of folders', () => {
  it('are package names', () => {
    const expected: [string, string][] = [
      ['Contoso Wetter', 'contoso-wetter'],
      ['Büro Köln', 'buro-koln'],
      ['.hidden', 'hidden'],
      ['天気', 'connector'],
      ['a/b c', 'b-c'],
    ];
    for (const [folder, name] of expected) {
      expect(packageName(folder), folder).to.equal(name);
      expect(checkName(packageName(folder)), folder).to.equal(true);
    }
  });

  it('are titles that certification accepts', () => {
    const expected: [string, string][] = [
      ['contoso-weather-connector', 'Contoso Weather'],
      ['contosoWeatherApi', 'Contoso Weather'],
      ['connector', 'My Service'],
      ['', 'My Service'],
    ];
    for (const [name, title] of expected) {
      expect(titleFrom(name), name).to.equal(title);
      expect(checkTitle(titleFrom(name), { profile: 'verified' }), name).to.equal(true);
    }
    expect(titleFrom('a-very-long-name-of-a-service-that-nobody-can-read').length).to.be.at.most(30);
  });
});

/** What the rules say about a connector with this value, as "error rule-id". */
async function errorsFor(
  profile: Profile,
  change: { definition?: object; properties?: object },
  rules: RegExp,
): Promise<string[]> {
  const findings = await runRules(exampleConnector({ profile, ...change } as never), {
    profile,
    subject: 'repository',
    rules: allRules.filter(({ id }) => rules.test(id)),
    settings: new RuleConfiguration(new Set(), undefined, new Map()),
  });
  return findings.filter(({ severity }) => severity !== 'info').map(({ rule, severity }) => `${severity} ${rule}`);
}

describe('the checks of answers agree with the rules', () => {
  const agree = (
    what: string,
    values: readonly string[],
    check: (value: string, answers: Answers) => true | string,
    errors: (value: string, profile: Profile) => Promise<string[]>,
  ) => {
    for (const profile of profiles) {
      for (const value of values) {
        it(`${what} ${JSON.stringify(value.slice(0, 40))} (${profile})`, async () => {
          const found = await errors(value, profile);
          // what an answer is accepted for, no rule may call an error
          if (check(value, { profile }) === true)
            expect(found.filter((text) => text.startsWith('error'))).to.deep.equal([]);
          else if (profile === 'verified') expect(found).to.not.deep.equal([]);
        });
      }
    }
  };

  agree(
    'title',
    [
      'Contoso Weather',
      'Contoso API',
      'My Connector',
      'Power Automate Tools',
      'A'.repeat(31),
      'Contoso!',
      'Wetter für alle',
      'Capital',
    ],
    checkTitle,
    (title, profile) => errorsFor(profile, { definition: { info: { title } } }, /^info-title/),
  );
  agree(
    'description',
    [
      'Reads the weather of all stations of Contoso.',
      'Too short.',
      'A'.repeat(501),
      'Sends the weather of Contoso to Power Apps and others.',
    ],
    checkConnectorDescription,
    (description, profile) => errorsFor(profile, { definition: { info: { description } } }, /^info-description/),
  );
  agree(
    'host',
    ['api.contoso.com', 'https://api.contoso.com', 'api.contoso.com/v1', 'api.contoso.com:8443'],
    (value) => checkHost(value),
    (host, profile) => errorsFor(profile, { definition: { host } }, /^host-format/),
  );
  agree(
    'base path',
    ['/', '/v1', 'v1'],
    (value) => checkBasePath(value),
    (basePath, profile) => errorsFor(profile, { definition: { basePath } }, /^base-path-slash/),
  );
  agree(
    'colour',
    ['#0b6a3f', '#da3b01', '#DA3B01', 'blue', '#fff', '#ffffff', '#007EE5'],
    checkBrandColor,
    (iconBrandColor, profile) =>
      errorsFor(profile, { properties: { properties: { iconBrandColor } } }, /^icon-brand-color/),
  );

  it('e-mail addresses and URLs', () => {
    expect([checkMail('support@contoso.com'), checkUrl('https://www.contoso.com/a?b#c')]).to.deep.equal([true, true]);
    for (const mail of ['support', 'a@b@c', 'sup port@contoso.com', '@contoso.com'])
      expect(checkMail(mail), mail).to.match(/not an e-mail address/);
    for (const url of ['www.contoso.com', 'http://contoso.com', 'https://', 'javascript:alert(1)'])
      expect(checkUrl(url), url).to.match(/not an absolute https URL/);
  });
});
