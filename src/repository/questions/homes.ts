import type { Answer, Answers } from '../../answers.ts';
import type { ConnectorDraft } from '../../connector/draft.ts';
import { asObject, asString, deepEqual, getOwn, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { configOrder, definitionOrder, infoOrder, propertiesOrder, setInOrder } from '../../connector/key-order.ts';
import { metadataValue, setMetadataValue } from '../../connector/metadata.ts';
import type { Question } from './question.ts';

/** Where answers live once they are given: nothing is kept in two places. */

/** A repository, or what it will be made from. */
export interface RepositoryFiles {
  draft: ConnectorDraft;
  /** The repository is there already. */
  existing: boolean;
  /** Whether it has a file or folder. @param name with `/` */
  has: (name: string) => boolean;
  /** The text of a file; undefined where it can't be read. @param name with `/` */
  text: (name: string) => string | undefined;
}

/** The files of a connector that hold answers. */
type HomeFile = 'definition' | 'properties' | 'config';

/** The answer as the repository has it: what `read` finds is the answer to the question when nobody gives another one. */
export interface Home {
  read: (files: RepositoryFiles) => Answer | undefined;
  /** Puts an answer there; without it, something else writes it. */
  write?: (draft: ConnectorDraft, answer: string) => void;
  /** Where it is written to. */
  file?: HomeFile;
  once?: never;
}

/** The answer is about one run, such as a file that is read: no later run has to know it. */
interface Once {
  once: true;
  read?: never;
  write?: never;
  file?: never;
}

/** A question that can't be declared without saying what becomes of its answer. */
export type KeptQuestion = Question & (Home | Once);
export type KeptQuestions = Readonly<Record<string, KeptQuestion>>;

const inFile = (
  file: HomeFile,
  read: (draft: ConnectorDraft) => string | undefined,
  write: (draft: ConnectorDraft, answer: string) => void,
): Home => ({ file, read: ({ draft }) => read(draft) || undefined, write });

export const inInfo = (key: 'title' | 'description'): Home =>
  inFile(
    'definition',
    (draft) => asString(getOwn(draft.info, key)),
    (draft, value) => setInOrder(infoOf(draft), key, value, infoOrder),
  );

export const inContact = (key: 'name' | 'url' | 'email'): Home =>
  inFile(
    'definition',
    (draft) => asString(getOwn(asObject(getOwn(draft.info, 'contact')), key)),
    (draft, value) => {
      const block = { ...asObject(getOwn(draft.info, 'contact')) };
      setInOrder(block, key, value, ['name', 'url', 'email']);
      setInOrder(infoOf(draft), 'contact', block, infoOrder);
    },
  );

export const inDefinition = (key: 'host' | 'basePath'): Home =>
  inFile(
    'definition',
    (draft) => asString(getOwn(draft.definition, key)),
    (draft, value) => setInOrder(draft.definition, key, value, definitionOrder),
  );

/** An entry of `x-ms-connector-metadata`. */
export const inMetadata = (name: 'Website' | 'Privacy policy' | 'Categories'): Home =>
  inFile(
    'definition',
    (draft) => metadataValue(draft.definition, name),
    (draft, value) => setMetadataValue(draft.definition, name, value),
  );

/** Categories: one text in the file, a list as an answer. */
export const inCategories: Home = {
  ...inMetadata('Categories'),
  read: ({ draft }) => splitList(metadataValue(draft.definition, 'Categories')),
};

export const inProperties = (key: 'publisher' | 'stackOwner' | 'iconBrandColor'): Home =>
  inFile(
    'properties',
    (draft) => asString(getOwn(draft.connectorProperties, key)),
    (draft, value) => setInOrder(draft.connectorProperties, key, value, propertiesOrder),
  );

export const inConfig = (key: 'profile'): Home =>
  inFile(
    'config',
    (draft) => asString(getOwn(draft.config, key)),
    (draft, value) => setInOrder(draft.config, key, value, configOrder),
  );

/** The address of the first environment in config.json. */
export const inFirstEnvironment: Home = inFile(
  'config',
  (draft) => asString(getOwn(asObject(firstEnvironment(draft)?.[1]), 'url')),
  (draft, value) => {
    const [name, environment] = firstEnvironment(draft) ?? ['dev', {}];
    const environments = { ...asObject(getOwn(draft.config, 'environments')) };
    setOwn(environments, name, { ...asObject(environment), url: value });
    setOwn(draft.config, 'environments', environments);
  },
);

const firstEnvironment = (draft: ConnectorDraft) => Object.entries(asObject(getOwn(draft.config, 'environments')))[0];

function infoOf(draft: ConnectorDraft): JsonObject {
  const block = asObject(getOwn(draft.definition, 'info'));
  if (getOwn(draft.definition, 'info') !== block) setInOrder(draft.definition, 'info', block, definitionOrder);
  return block;
}

function splitList(value: string | undefined): string[] | undefined {
  const items = (value ?? '')
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? undefined : items;
}

/** What a repository answers already. */
export function readAnswersOf(questions: KeptQuestions, files: RepositoryFiles): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  for (const [name, { read }] of Object.entries(questions)) {
    const value = read?.(files);
    if (value !== undefined) answers[name] = value;
  }
  return answers;
}

/** Puts the answers that differ from what the files say where they live; an empty answer changes nothing. */
export function writeAnswers(questions: KeptQuestions, files: RepositoryFiles, answers: Answers): void {
  for (const [name, { read, write }] of Object.entries(questions)) {
    const answer = answers[name];
    if (write === undefined || answer === undefined || typeof answer === 'boolean' || answer.length === 0) continue;
    const isSame = deepEqual(read?.(files) ?? null, answer);
    if (!isSame) write(files.draft, typeof answer === 'string' ? answer : answer.join(';'));
  }
}

/**
 * Without the questions that the author's own files leave open: their defaults would be changes that nobody asked for.
 *
 * @param isConverted the properties were made from a description: they hold how users sign in, and nothing of the publisher
 */
export function withoutOpenAnswers(
  questions: KeptQuestions,
  draft: ConnectorDraft,
  isConverted: boolean,
): KeptQuestions {
  const { definition, properties } = draft.source;
  const isAuthors: Record<HomeFile, boolean> = {
    definition: definition !== undefined,
    properties: properties !== undefined && !isConverted,
    config: false,
  };
  const asked = Object.entries(questions).filter(([, { file }]) => file === undefined || !isAuthors[file]);
  return Object.fromEntries(asked);
}
