import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import type { FileRole } from '../../connector/source-file.ts';
import { nearest } from '../../did-you-mean.ts';
import { whyOutside } from '../../files/contained-path.ts';
import { fromAnySystem, nameOf } from '../../files/names.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily } from '../engine/rule.ts';
import { deleteFile } from '../fix/file-fixes.ts';
import { reportDuplicateKeys, reportSyntax } from '../support/json-syntax.ts';
import { isLiveGuid, isPlaceholder, looksLikeGuid } from '../support/placeholders.ts';

const knownKeys = [
  ...['$schema', 'connectorId', 'environment', 'apiProperties', 'apiDefinition', 'icon', 'script'],
  ...['powerAppsUrl', 'powerAppsApiVersion', 'flowUrl', 'flowApiVersion'],
  // paconn reads these, too, though it never writes them
  ...['clientId', 'tenant', 'authorityUrl', 'resource'],
];

const pathRoles = {
  apiProperties: 'properties',
  apiDefinition: 'definition',
  icon: 'icon',
  script: 'script',
} as const satisfies Record<string, FileRole>;

const apiVersion = '2016-11-01';

/** A connector's id as paconn (`shared_…`) or pac (a GUID) writes it, or an environment's. */
const isLiveId = (value: unknown): value is string =>
  typeof value === 'string' &&
  (/^shared_\S*5f[0-9a-f]{6,}/i.test(value.trim()) || isLiveGuid(value.trim().replace(/^Default-/i, '')));

/** What is wrong with a path in settings.json; undefined: a file is there, as read or on disk. */
function problemOf(name: string, settingsPath: string, connector: ConnectorModel): string | undefined {
  const { files, assets, others, root } = connector.files.location;
  const base = dirname(settingsPath);
  const outside = whyOutside({ folder: root, base, name });
  if (outside !== undefined) return `: ${outside}`;
  const absolute = resolve(base, fromAnySystem(name));
  const read = [...Object.values(files), ...others.map((name) => join(assets, name))];
  // in the connector's folder by the exact name: others of the team have a file system that asks for it, and a fix may
  // have renamed what is still on disk under the old one
  const isThere = read.includes(absolute) || (dirname(absolute) !== assets && existsSync(absolute));
  return isThere ? undefined : ', which does not exist';
}

/** In a folder settings.json is another finding of its own; the examples use the generated repository. */
const settings = (patch: JsonObject) => ({ settings: patch });

/** Rules about settings.json, which the command-line tools read. */
export const family = defineFamily({ name: 'settings.json', order: 380 }, [
  {
    id: 'settings-json',
    title: 'settings.json is strict JSON with keys that the command-line tools know.',
    why: 'pac and paconn refuse a broken file and ignore what they do not know.',
    remedy: 'Repair the place that is named, or correct the key.',
    source: 'JSON schema of settings.json; paconn documentation',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      jsonFile: (file, report, connector) => {
        if (file.role !== 'settings') return;
        reportSyntax(file, report, connector);
        reportDuplicateKeys(file, report, connector);
        if (!isObject(file.value) || file.unreliable) return;
        for (const key of Object.keys(file.value)) {
          if (knownKeys.includes(key)) continue;
          const guess = nearest(key, knownKeys);
          report(
            connector.place(file).at(key),
            `neither pac nor paconn knows the setting ${quote(key)}${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'as pac writes it' }],
      bad: [
        { name: 'misspelled', settings: { apiDefintion: 'apiDefinition.json' }, expect: ['settings#/apiDefintion'] },
        {
          name: 'a comma too many',
          files: { 'settings.json': '{ "connectorId": null, }' },
          expect: ['settings'],
          fixed: { files: { 'settings.json': '{ "connectorId": null }' } },
          implies: ['json-valid'],
        },
      ],
    },
  },
  {
    id: 'settings-paths',
    title: 'The files that settings.json names exist.',
    why: 'The command-line tools stop where one is missing.',
    remedy: 'Correct the path, relative to settings.json, or set it to null.',
    source: 'paconn documentation',
    severity: 'E/W/W',
    fix: 'safe',
    on: {
      settings: ({ value, place }, report, connector) => {
        const from = place.file.path;
        for (const [key, role] of Object.entries(pathRoles)) {
          const path = getOwn(value, key);
          if (typeof path !== 'string' || path.trim() === '') continue;
          const problem = problemOf(path, from, connector);
          if (problem === undefined) continue;
          const at = place.at(key);
          const actual = connector.files[role]?.path;
          report(
            at,
            `${key} names ${quote(path)}${problem}; correct the path or set it to null`,
            actual === undefined ? [] : { op: 'set', at, value: nameOf(dirname(from), actual) },
          );
        }
      },
    },
    examples: {
      good: [{ name: 'all there' }, { name: 'none', ...settings({ icon: '' }) }],
      bad: [
        {
          name: 'missing',
          ...settings({ icon: 'logo.png' }),
          expect: ['settings#/icon'],
          fixed: settings({ icon: 'icon.png' }),
        },
        { name: 'and there is none', ...settings({ script: 'script.csx' }), expect: ['settings#/script'] },
      ],
    },
  },
  {
    id: 'settings-environment',
    title: 'The environment is a GUID, alone or after Default-, or a placeholder.',
    why: 'The command-line tools find no other environment.',
    remedy: 'Use the id that the admin centre shows, or null for the active profile.',
    source: 'JSON schema of settings.json',
    severity: 'I/I/I',
    on: {
      settings: ({ value, place }, report) => {
        const environment = getOwn(value, 'environment');
        if (environment === undefined || environment === null) return;
        const isText = typeof environment === 'string';
        if (isText && (looksLikeGuid(environment.replace(/^Default-/i, '')) || isPlaceholder(environment))) return;
        // pac also takes the address of an environment
        if (isText && /^https:\/\/\S+$/.test(environment)) return;
        report(
          place.at('environment'),
          `the environment ${quote(environment)} is neither a GUID nor "Default-" and a GUID`,
        );
      },
    },
    examples: {
      good: [
        { name: 'the active one' },
        { name: 'a default one', ...settings({ environment: 'Default-00000000-0000-0000-0000-000000000000' }) },
      ],
      bad: [{ name: 'a name', ...settings({ environment: 'Production' }), expect: ['settings#/environment'] }],
    },
  },
  {
    id: 'settings-no-live-ids',
    title: 'settings.json holds no live id of a connector or environment.',
    why: 'In a public repository it tells strangers about your tenant, and it is wrong for everybody else.',
    remedy: 'Set it to null, and keep the id out of the repository.',
    source: 'README of the connector repository',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      settings: ({ value, place }, report) => {
        for (const key of ['connectorId', 'environment']) {
          const id = getOwn(value, key);
          if (!isLiveId(id)) continue;
          const at = place.at(key);
          report(at, `${key} is ${quote(id)}, which looks like a live id; set it to null`, {
            op: 'set',
            at,
            value: null,
          });
        }
      },
    },
    examples: {
      good: [{ name: 'none' }],
      bad: [
        {
          name: 'both',
          ...settings({
            connectorId: 'shared_contoso-20weather-5f0a1b2c3d4e5f6071',
            environment: '3f2a9c71-5b0e-4d86-9a1c-7e4b2d60f815',
          }),
          expect: ['settings#/connectorId', 'settings#/environment'],
          fixed: {},
        },
      ],
    },
  },
  {
    id: 'settings-api-version',
    title: `powerAppsApiVersion is ${apiVersion}.`,
    why: 'It is the one that paconn writes and the service knows.',
    remedy: `Set it to "${apiVersion}".`,
    source: 'JSON schema of settings.json',
    severity: 'I/I/I',
    fix: 'safe',
    on: {
      settings: ({ value, place }, report) => {
        const version = getOwn(value, 'powerAppsApiVersion');
        if (version === undefined || version === apiVersion) return;
        const at = place.at('powerAppsApiVersion');
        report(at, `powerAppsApiVersion is ${quote(version)}; it must be "${apiVersion}"`, {
          op: 'set',
          at,
          value: apiVersion,
        });
      },
    },
    examples: {
      good: [{ name: 'the known one', ...settings({ powerAppsApiVersion: apiVersion }) }],
      bad: [
        {
          name: 'another',
          ...settings({ powerAppsApiVersion: '2020-01-01' }),
          expect: ['settings#/powerAppsApiVersion'],
          fixed: settings({ powerAppsApiVersion: apiVersion }),
        },
      ],
    },
  },
  {
    id: 'settings-not-submitted',
    title: 'settings.json is not part of the pull request.',
    why: 'It belongs to your command line: ids of your tenant, paths on your disk.',
    remedy: 'Delete it from the folder that you submit.',
    source: 'README of the connector repository; published connectors',
    severity: '-/I/W',
    appliesTo: ['folder', 'package'],
    fix: 'deletion',
    consequence: 'Whoever deploys keeps a copy of the file, which says where the connector is deployed.',
    on: {
      jsonFile: (file, report, connector) => {
        if (file.role === 'settings') {
          report(
            { file, offset: 0 },
            'settings.json belongs to your command line; delete it from the folder that you submit',
            deleteFile(connector, file.path),
          );
        }
      },
    },
    examples: {
      good: [{ name: 'none', subject: 'folder' }],
      bad: [
        {
          name: 'submitted',
          subject: 'folder',
          settings: { apiDefinition: 'apiDefinition.swagger.json' },
          expect: ['settings'],
          fixed: {},
        },
      ],
    },
  },
]);
