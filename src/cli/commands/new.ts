import { appQuestions } from '../../repository/questions/app.ts';
import { authenticationQuestions } from '../../repository/questions/authentication.ts';
import { descriptionQuestions } from '../../repository/questions/import.ts';
import { kebabCase } from '../../repository/questions/question.ts';
import type { CommandSpec, FlagSpec } from '../command.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { flagsOfQuestions, generate, saidBy } from '../generator-command.ts';

/** With `--api` it may also name a security scheme of the description, so other values are not a mistake here. */
const withSchemes = ({ choices, ...flag }: FlagSpec): FlagSpec =>
  flag.name === 'auth'
    ? {
        ...flag,
        description: `${flag.description}: ${choices?.join(', ')}; with --api also a security scheme of the description`,
      }
    : { ...flag, ...(choices === undefined ? {} : { choices }) };

const headings: FlagHeadings = {
  'What it begins with': ['api', 'curl', 'from', 'empty', 'config', 'answers', 'repair'],
  'The connector': ['title', 'host', 'base-path', 'brand-color', 'icon'],
  'The repository': ['environment-url', 'ci', 'agents', 'git', 'tool-spec', 'name'],
  'With a description of the API': Object.keys(descriptionQuestions).map(kebabCase),
  'How users sign in': Object.keys(authenticationQuestions).map(kebabCase),
  'What certification asks for': [
    'description',
    'publisher',
    'stack-owner',
    'contact-name',
    'contact-url',
    'contact-email',
    'website',
    'privacy-policy',
    'categories',
  ],
};

export const command: CommandSpec = {
  name: 'new',
  summary: 'make the repository of a new connector',
  group: 'make',
  order: 10,
  positionals: [{ name: 'folder', description: 'folder of the repository (default: the current one)' }],
  flags: underHeadings(flagsOfQuestions(appQuestions).map(withSchemes), headings),
  examples: [
    ['pp-connector new contoso-weather', 'ask what there is to begin with, and what is left to know'],
    ['pp-connector new contoso-weather --api openapi.yaml --tags stations', 'start from a part of an API description'],
    ['pp-connector new contoso-weather --curl "curl https://api.contoso.com/stations"', 'start from a call of the API'],
    ['pp-connector new contoso-weather --empty --yes', 'start without operations, ask nothing'],
    ['pp-connector new contoso-weather --from "certified-connectors/Contoso Weather"', 'adopt an existing connector'],
  ],
  async run(context, [folder], flags) {
    if (context.interactive) return generate('app', context, flags, folder === undefined ? {} : { folder });
    const { scaffold } = await import('../scaffold.ts');
    const { answers, dryRun, force } = saidBy(flags);
    return scaffold(context, { folder, flags: answers, dryRun, force });
  },
};
