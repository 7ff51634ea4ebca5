import { isObject, type Json } from '../../connector/json/value.ts';
import type { JsonFile, TextFile } from '../../connector/source-file.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import { findSecrets, type Secret, veil } from '../support/secret-patterns.ts';

/** A shape, put together here so that no file of ours holds one. */
const sampleKey = ['AKIA', 'QWZ3RTYUP5HJKL72'].join('');

const message = ({ kind }: Secret, value: string): string =>
  `${veil(value)} looks like ${kind}; delete it here, and have it replaced where it is valid`;

function reportText(file: TextFile, report: Report): void {
  for (const secret of findSecrets(file.text)) {
    const value = file.text.slice(secret.offset, secret.offset + secret.length);
    report({ file, offset: secret.offset }, message(secret, value));
  }
}

/** The values with secrets; only looked for where the text holds one. */
function reportJson(file: JsonFile, report: Report, connector: ConnectorModel): void {
  if (findSecrets(file.text).length === 0) return;
  if (file.unreliable || file.value === undefined) {
    reportText(file, report);
    return;
  }
  const open: { value: Json; place: Location }[] = [{ value: file.value, place: connector.place(file) }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, place } = next;
    if (typeof value === 'string') {
      const [secret] = value.length < 16 ? [] : findSecrets(value);
      if (secret !== undefined)
        report(place, message(secret, value.slice(secret.offset, secret.offset + secret.length)));
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        open.push({ value: item, place: place.at(index) });
      });
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) open.push({ value: item, place: place.at(key) });
    }
  }
}

/** Rules about what must not be published. */
export const family = defineFamily({ name: 'Secrets', order: 440 }, [
  {
    id: 'secret-scan',
    title: 'No file holds a key or token.',
    why: 'What is published, or only sent, must be treated as stolen.',
    remedy: 'Delete it, and have a new one issued where it is valid.',
    source: 'README and pipelines of the connector repository',
    severity: 'E/E/E',
    on: {
      jsonFile: reportJson,
      script: reportText,
      readme: reportText,
      intro: reportText,
    },
    examples: {
      good: [
        { name: 'none' },
        {
          name: 'the key that documentation shows',
          definition: {
            info: { description: 'Reads the weather. An access key looks like AKIAIOSFODNN7EXAMPLE here.' },
          },
        },
      ],
      bad: [
        {
          name: 'in the properties',
          properties: {
            properties: { connectionParameters: { api_key: { uiDefinition: { tooltip: `Such as ${sampleKey}` } } } },
          },
          expect: ['properties#/properties/connectionParameters/api_key/uiDefinition/tooltip'],
        },
        {
          name: 'in the README',
          files: {
            'readme.md': `# Contoso Weather\n\nThis connector reads what our stations measure, with ${sampleKey}.\n`,
          },
          expect: ['readme'],
        },
      ],
    },
  },
]);
