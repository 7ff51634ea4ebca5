import { basename } from 'node:path';
import { asObject, getOwn } from '../../connector/json/value.ts';
import type { Profile } from '../../connector/profile.ts';
import { letterPattern } from '../../language/letters.ts';
import { quote } from '../../quote.ts';
import { defineFamily, type Example, type Rule, type Subject } from '../engine/rule.ts';
import { deleteFile, renameFile } from '../fix/file-fixes.ts';
import { otherPath } from '../fix/fix-files.ts';
import { publisherSuffix } from '../support/info-texts.ts';

/** The folder of a pull request; a generated repository has names and folders of its own. */
const submitted: readonly Subject[] = ['folder', 'package'];

const definitionName = 'apiDefinition.swagger.json';
const propertiesName = 'apiProperties.json';

const submission = (name: string, files: Example['files'] = {}): Example => ({ name, subject: 'folder', files });

const tinyProperties =
  '{ "properties": { "connectionParameters": {}, "iconBrandColor": "#0b6a3f", "publisher": "Contoso", "stackOwner": "Contoso" } }';

/** A rule that a file has exactly one name. */
function nameRule(role: 'definition' | 'properties', name: string, rule: Omit<Rule, 'on' | 'settings'>): Rule {
  return {
    ...rule,
    appliesTo: submitted,
    fix: 'safe',
    on: {
      connector: (connector, report) => {
        const file = connector.files[role];
        const now = file === undefined ? undefined : basename(file.path);
        if (file !== undefined && now !== name) {
          report(
            { file, offset: 0 },
            `the file is called ${quote(now)}; automatic checks look only for ${quote(name)}, rename it`,
            renameFile(connector, file, name),
          );
        }
      },
    },
  };
}

const presenceSettings: readonly Subject[] = ['repository', 'folder', 'package'];

/** What file managers of macOS and Windows leave behind, and make again when they need it. */
const leftover = /^(\.ds_store|\._.+|thumbs\.db|ehthumbs\.db|desktop\.ini)$/i;

/** Sub-folders that readmes take their pictures from. */
const pictureFolder = /^(images?|img|imgs|pictures?|screenshots?|media|assets|docs?|\.images)\/$/i;

const archive = /\.zip$/i;

/** Archives beside the definition; solutions alone aren't distinguished from packages here, nobody looks into them. */
const packagesIn = (others: readonly string[]): string[] => others.filter((name) => archive.test(name));

/** What may be there without being a part of the connector. */
const belongs = (name: string, profile: Profile): boolean =>
  name.toLowerCase() === 'metadata.json' || (profile === 'independent' && archive.test(name));

const normalised = (name: string): string => name.toLowerCase().replaceAll(noLetters(name), '');

const noLetters = letterPattern(/[^A-Za-z0-9]+/g, () => /[^\p{L}\p{N}]+/gu);

/** Rules about the folder and the pull request in which a connector is submitted. */
export const family = defineFamily({ name: 'Folder and pull request', order: 450 }, [
  nameRule('definition', definitionName, {
    id: 'layout-definition-name',
    title: `The definition is called exactly ${definitionName}.`,
    why: 'The checks of the repository find it by its name; under another one it stays unvalidated.',
    remedy: `Rename the file to ${definitionName}.`,
    source: 'Pipelines of the connector repository; published connectors',
    severity: 'W/E/E',
    examples: {
      good: [submission('the name')],
      bad: [
        {
          ...submission('lower case', { [definitionName]: null, 'apidefinition.swagger.json': '[]' }),
          expect: ['definition'],
          fixed: { files: { [definitionName]: '[]' } },
          implies: ['json-valid'],
        },
        {
          ...submission('of a repository', { [definitionName]: null, 'apiDefinition.json': '[]' }),
          settings: { apiDefinition: 'apiDefinition.json' },
          expect: ['definition'],
          fixed: { files: { [definitionName]: '[]' }, settings: { apiDefinition: definitionName } },
          implies: ['json-valid'],
        },
      ],
    },
  }),
  nameRule('properties', propertiesName, {
    id: 'layout-properties-name',
    title: `The properties are called exactly ${propertiesName}.`,
    why: 'The checks of the repository find them by their name.',
    remedy: `Rename the file to ${propertiesName}.`,
    source: 'Pipelines of the connector repository',
    severity: 'W/E/E',
    examples: {
      good: [submission('the name')],
      bad: [
        {
          ...submission('capitals', { [propertiesName]: null, 'ApiProperties.json': tinyProperties }),
          expect: ['properties'],
          fixed: { files: { [propertiesName]: tinyProperties } },
        },
      ],
    },
  }),
  {
    id: 'layout-definition-present',
    title: 'The folder holds a definition.',
    why: 'Without it there is no connector.',
    remedy: `Add ${definitionName}.`,
    source: 'README of the connector repository',
    policy: '5000.1.1.3',
    severity: 'E/E/E',
    // a repository without a definition is worth this word, too
    appliesTo: presenceSettings,
    on: {
      connector: ({ files }, report) => {
        if (files.definition !== undefined) return;
        const near = files.location.others.find((name) => /^api.*defin.*\.json$|swagger.*\.json$/i.test(name));
        report(
          { missing: definitionName },
          near === undefined
            ? `there is no definition; add ${definitionName}`
            : `there is no definition; is it ${quote(near)}? Rename it to ${definitionName}`,
        );
      },
    },
    examples: {
      good: [submission('there')],
      bad: [{ ...submission('missing', { [definitionName]: null }), expect: ['definition'] }],
    },
  },
  {
    id: 'layout-properties-present',
    title: 'The folder holds the properties.',
    why: 'Without them nobody can connect.',
    remedy: `Add ${propertiesName}.`,
    source: 'README of the connector repository',
    severity: 'E/E/E',
    appliesTo: presenceSettings,
    on: {
      connector: ({ files }, report) => {
        if (files.properties === undefined)
          report({ missing: propertiesName }, `there are no properties; add ${propertiesName}`);
      },
    },
    examples: {
      good: [submission('there')],
      bad: [{ ...submission('missing', { [propertiesName]: null }), expect: ['properties'] }],
    },
  },
  {
    id: 'layout-no-extra-files',
    title:
      'The folder holds only definition, properties, README, script, icon and intro; that of an independent publisher the package, too.',
    why: 'Reviewers ask to delete everything else, schema files for instance. metadata.json is written by the service and stays.',
    remedy: 'Delete the file from the folder that you submit.',
    source:
      'README of the connector repository; pull requests 3936 and 4058 of PowerPlatformConnectors; published folders of 2025',
    severity: 'I/W/W',
    appliesTo: submitted,
    fix: 'safe',
    on: {
      connector: (connector, report) => {
        const { location, settings, config } = connector.files;
        const names = location.others.filter((name) => !name.endsWith('/') && !belongs(name, connector.profile));
        for (const extra of [settings, config]) if (extra !== undefined) names.push(basename(extra.path));
        for (const name of names) {
          report(
            { missing: name },
            archive.test(name)
              ? `${quote(name)} does not belong into the folder that you submit: the package of a verified publisher goes to Partner Center`
              : `${quote(name)} does not belong into the folder that you submit; delete it`,
            // of any other file nobody but its author knows whether there is a second copy
            leftover.test(name) ? deleteFile(connector, otherPath(location, name)) : [],
          );
        }
      },
    },
    examples: {
      good: [
        submission('nothing else'),
        submission('what the service adds', {
          'metadata.json': '{ "ApplicationProductId": "", "AzurePublisherId": "" }',
        }),
        { ...submission('the package of an independent publisher'), profile: 'independent' },
      ],
      bad: [
        { ...submission('the package of a verified publisher', { 'package.zip': '' }), expect: ['folder'] },
        { ...submission('a schema', { 'apiProperties.schema.json': '{}' }), expect: ['folder'] },
        { ...submission('a copy', { 'apiDefinition.json.bak': '{}' }), expect: ['folder'] },
        {
          ...submission('of file managers', { '.DS_Store': '', 'Thumbs.db': '' }),
          expect: ['folder', 'folder'],
          fixed: {},
        },
      ],
    },
  },
  {
    id: 'layout-package-present',
    title: 'The folder of an independent publisher holds the package.',
    why: 'The service certifies what is in the package; to a folder without one it answers "No zip". It has to be committed: an attachment in a comment does not count. A warning, since the solutions can be exported only after a first deployment, and folders from before autumn 2025 have none.',
    remedy: 'Export the solutions and run: pp-connector package --solution connector.zip --solution flow.zip',
    source: 'Pull requests 3290, 4028 and 4039 of PowerPlatformConnectors',
    policy: '5000.1.1.5',
    severity: '-/-/W',
    appliesTo: submitted,
    on: {
      connector: ({ files }, report) => {
        if (packagesIn(files.location.others).length > 0) return;
        report(
          { missing: '.' },
          'there is no package, to which the service answers "No zip"; export the solutions, then run: pp-connector package --solution connector.zip --solution flow.zip',
        );
      },
    },
    examples: {
      good: [{ ...submission('the package'), profile: 'independent' }],
      bad: [{ ...submission('none', { 'package.zip': null }), profile: 'independent', expect: ['folder'] }],
    },
  },
  {
    id: 'layout-package-single',
    title: 'The folder of an independent publisher holds one archive, the package.',
    why: 'The service does not choose: it answers "More than one zip file".',
    remedy: 'Delete all archives but the package.',
    source: 'Pull request 3956 of PowerPlatformConnectors',
    severity: '-/-/E',
    appliesTo: submitted,
    on: {
      connector: ({ files }, report) => {
        const archives = packagesIn(files.location.others);
        if (archives.length < 2) return;
        report(
          { missing: '.' },
          `there are ${archives.length} archives, ${archives.map(quote).join(' and ')}, to which the service answers "More than one zip file"; keep the package only`,
        );
      },
    },
    examples: {
      good: [{ ...submission('one'), profile: 'independent' }],
      bad: [{ ...submission('two', { 'flow.zip': '' }), profile: 'independent', expect: ['folder'] }],
    },
  },
  {
    id: 'layout-flat',
    title: 'The folder has no sub-folders, but for pictures.',
    why: 'The checks look at the folder itself only.',
    remedy: 'Move the files up, or delete the sub-folder.',
    source: 'Published connectors',
    severity: 'I/I/I',
    appliesTo: submitted,
    on: {
      connector: ({ files }, report) => {
        for (const name of files.location.others) {
          if (!name.endsWith('/') || pictureFolder.test(name)) continue;
          report(
            { missing: name.slice(0, -1) },
            `the sub-folder ${quote(name)} is not looked at; move its files up or delete it`,
          );
        }
      },
    },
    examples: {
      good: [submission('pictures', { 'images/': '' })],
      bad: [{ ...submission('sources', { 'src/': '' }), expect: ['folder'] }],
    },
  },
  {
    id: 'layout-folder-name',
    title: 'The folder is called like the connector.',
    why: 'It cannot be renamed after publication.',
    remedy: 'Give the folder the title of the connector.',
    source: 'Published connectors; community guide',
    severity: '-/I/I',
    appliesTo: submitted,
    on: {
      connector: (connector, report) => {
        const { root } = connector.files.location;
        const title = getOwn(asObject(getOwn(connector.definition, 'info')), 'title');
        // the suffix, of either, is another rule's
        const folder = basename(root).replace(publisherSuffix, '');
        if (connector.root === undefined || typeof title !== 'string' || title.trim() === '') return;
        const name = title.replace(publisherSuffix, '');
        if (folder === '' || normalised(folder) === normalised(name)) return;
        report(
          { missing: '.' },
          `the folder is called ${quote(folder)} and the connector ${quote(name)}; give them the same name, it cannot be changed later`,
        );
      },
    },
    examples: {
      good: [{ ...submission('the same, but for the blank'), folder: 'ContosoWeather' }],
      bad: [{ ...submission('different'), folder: 'Rain', expect: ['folder'] }],
    },
  },
  {
    id: 'layout-folder-no-suffix',
    title: 'The name of the folder has no "(Independent Publisher)".',
    why: 'The suffix belongs to the title of the pull request only.',
    remedy: 'Rename the folder.',
    source: 'Published connectors',
    severity: '-/-/W',
    appliesTo: submitted,
    on: {
      connector: ({ files }, report) => {
        const folder = basename(files.location.root);
        if (publisherSuffix.test(folder))
          report(
            { missing: '.' },
            `the folder is called ${quote(folder)}; leave the suffix to the title of the pull request`,
          );
      },
    },
    examples: {
      good: [{ ...submission('plain'), profile: 'independent' }],
      bad: [
        {
          ...submission('the suffix'),
          profile: 'independent',
          folder: 'Contoso Weather (Independent Publisher)',
          expect: ['folder'],
        },
      ],
    },
  },
  {
    id: 'pr-one-connector',
    title: 'A pull request brings one connector, from a fork to the branch dev.',
    why: 'Reviewers handle one connector at a time, and master mirrors what is deployed.',
    remedy: 'Open one pull request per connector, towards dev.',
    source: 'README of the connector repository; guide for independent publishers',
    severity: '-/I/I',
    manual: true,
  },
  {
    id: 'pr-title-independent',
    title: 'The pull request of an independent publisher is called "Name (Independent Publisher)".',
    why: 'It tells reviewers by whose rules to look; "Proposal - " in front means that only the README is there.',
    remedy: 'Correct the title, and delete "Proposal - " when the files are in.',
    source: 'Pull-request template; guide for independent publishers',
    severity: '-/-/I',
    manual: true,
  },
  {
    id: 'pr-screenshots',
    title: 'The pull request of an independent publisher shows three operations at work.',
    why: 'Reviewers have no account with the service.',
    remedy: "Add screenshots of three operations in flows and of the wizard's test page to the pull request.",
    source: 'Pull-request template',
    severity: '-/-/I',
    manual: true,
  },
]);
