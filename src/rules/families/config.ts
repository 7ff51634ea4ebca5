import { configProblems } from '../../config/config-problems.ts';
import { fromPointer } from '../../connector/json/pointer.ts';
import type { JsonObject } from '../../connector/json/value.ts';
import type { JsonFile } from '../../connector/source-file.ts';
import { defineFamily } from '../engine/rule.ts';
import { reportDuplicateKeys, reportSyntax } from '../support/json-syntax.ts';

const isConfig = (file: JsonFile): boolean => file.role === 'config';

const written: JsonObject = {
  apiDefinition: 'connector/apiDefinition.json',
  icon: 'connector/icon.png',
  profile: 'verified',
};

const withText = (text: string) => ({ files: { 'config.json': text } });
const plain = JSON.stringify(written);

/** Rules about config.json of a generated repository. */
export const family = defineFamily({ name: 'config.json', order: 390 }, [
  {
    id: 'config-json-valid',
    title: 'config.json is strict JSON, and no object repeats a key.',
    why: 'Commands that write refuse anything else, since an edit could lose what was guessed at.',
    remedy: 'Correct the place; --fix removes comments and trailing commas and escapes control characters.',
    source: 'This tool',
    severity: 'E/E/E',
    fix: 'safe',
    appliesTo: ['repository'],
    on: {
      jsonFile: (file, report, connector) => {
        if (!isConfig(file)) return;
        reportSyntax(file, report, connector);
        reportDuplicateKeys(file, report, connector);
      },
    },
    examples: {
      good: [{ name: 'strict JSON', ...withText(plain) }],
      bad: [
        {
          name: 'a trailing comma',
          ...withText(plain.replace('}', ',}')),
          expect: ['config'],
          fixed: withText(plain),
        },
        { name: 'a missing brace', ...withText(plain.replace('}', '')), expect: ['config'] },
        {
          name: 'a key twice',
          ...withText(plain.replace('}', ', "icon": "icon.png"}')),
          expect: ['config#/icon'],
        },
      ],
    },
  },
  {
    id: 'config-valid',
    title: 'config.json has only keys that are known, with values of their type.',
    why: 'An unknown key has no effect; most are misspelled.',
    remedy: 'Correct the key or the value; the schema beside this tool shows an editor what is allowed.',
    source: 'This tool',
    severity: 'E/E/E',
    appliesTo: ['repository'],
    on: {
      jsonFile: (file, report, connector) => {
        if (!isConfig(file) || file.unreliable) return;
        for (const { pointer, message } of configProblems(file.value)) {
          report(connector.place(file).at(...fromPointer(pointer)), message);
        }
      },
    },
    examples: {
      good: [
        {
          name: 'everything',
          config: {
            outputDirectory: 'connector',
            oauth2: { clientId: 'REPLACE_WITH_CLIENT_ID', refreshUrl: '', tenantId: 'common', resourceUri: '' },
            environments: { test: { url: 'https://contoso.crm.dynamics.com', connectorId: '', solution: 'Weather' } },
          },
        },
      ],
      bad: [
        { name: 'a misspelled key', config: { profil: 'verified' }, expect: ['config#/profil'] },
        {
          name: 'a wrong type',
          config: { environments: { test: 'https://x.crm.dynamics.com' } },
          expect: ['config#/environments/test'],
        },
        {
          name: 'environments that Windows takes for one',
          config: {
            environments: {
              Dev: { url: 'https://a.crm.dynamics.com' },
              dev: { url: 'https://b.crm.dynamics.com' },
            },
          },
          expect: ['config#/environments/dev'],
        },
        { name: 'an unknown profile', config: { profile: 'certified' }, expect: ['config#/profile'] },
      ],
    },
  },
  // found while the settings are applied, see rule-configuration.ts
  {
    id: 'config-unknown-rule',
    title: 'The rules that config.json sets exist.',
    why: 'A setting of an unknown rule has no effect; the finding that it was meant for stays.',
    remedy: 'Correct the id; list all with: pp-connector rules',
    source: 'This tool',
    severity: 'E/E/E',
    appliesTo: ['repository'],
  },
  {
    id: 'config-unused-suppression',
    title: 'Every rule setting that is limited to paths still matches a finding.',
    why: 'What is no longer needed would hide the next finding at that place.',
    remedy: 'Remove the paths, or the whole setting.',
    source: 'This tool',
    severity: 'W/W/W',
    appliesTo: ['repository'],
  },
]);
