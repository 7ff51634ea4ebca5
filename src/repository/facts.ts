import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, asString, own, setOwn } from '../connector/json/value.ts';
import { definitionOrder, infoOrder, propertiesOrder, setInOrder } from '../connector/key-order.ts';
import { metadataValue, setMetadataValue } from '../connector/metadata.ts';
import { type Answer, type Answers, list, type Questions, text } from './questions/question.ts';

/** Where each answer lives in the connector: nothing is kept in two places. */
interface Home {
  read: (draft: ConnectorDraft) => string | undefined;
  write: (draft: ConnectorDraft, value: string) => void;
}

const info = (key: 'title' | 'description'): Home => ({
  read: (draft) => asString(own(draft.info, key)),
  write: (draft, value) => setInOrder(infoOf(draft), key, value, infoOrder),
});

const contact = (key: 'name' | 'url' | 'email'): Home => ({
  read: (draft) => asString(own(asObject(own(draft.info, 'contact')), key)),
  write: (draft, value) => {
    const block = { ...asObject(own(draft.info, 'contact')) };
    setInOrder(block, key, value, ['name', 'url', 'email']);
    setInOrder(infoOf(draft), 'contact', block, infoOrder);
  },
});

const metadata = (name: 'Website' | 'Privacy policy' | 'Categories'): Home => ({
  read: (draft) => metadataValue(draft.definition, name),
  write: (draft, value) => setMetadataValue(draft.definition, name, value),
});

const root = (key: 'host' | 'basePath'): Home => ({
  read: (draft) => asString(own(draft.definition, key)),
  write: (draft, value) => setInOrder(draft.definition, key, value, definitionOrder),
});

const property = (key: 'publisher' | 'stackOwner' | 'iconBrandColor'): Home => ({
  read: (draft) => asString(own(draft.connectorProperties, key)),
  write: (draft, value) => setInOrder(draft.connectorProperties, key, value, propertiesOrder),
});

function infoOf(draft: ConnectorDraft) {
  const block = asObject(own(draft.definition, 'info'));
  if (own(draft.definition, 'info') !== block) setInOrder(draft.definition, 'info', block, definitionOrder);
  return block;
}

const homes: Readonly<Record<string, Home>> = {
  title: info('title'),
  description: info('description'),
  contactName: contact('name'),
  contactUrl: contact('url'),
  contactEmail: contact('email'),
  website: metadata('Website'),
  privacyPolicy: metadata('Privacy policy'),
  categories: metadata('Categories'),
  host: root('host'),
  basePath: root('basePath'),
  publisher: property('publisher'),
  stackOwner: property('stackOwner'),
  brandColor: property('iconBrandColor'),
};

/** The questions whose answers a file holds; when it is the author's, nothing is put there that nobody said. */
const homeFiles: Readonly<Record<'definition' | 'properties', readonly string[]>> = {
  properties: ['publisher', 'stackOwner', 'brandColor'],
  definition: Object.keys(homes).filter((name) => !['publisher', 'stackOwner', 'brandColor'].includes(name)),
};

/** Without the questions that the author's own files leave open: their defaults would be changes that nobody asked for. */
export function withoutOpenFacts(questions: Questions, draft: ConnectorDraft, isConverted: boolean): Questions {
  const { definition, properties: adopted } = draft.source;
  // converted properties hold how users sign in, and nothing of the publisher
  const properties = isConverted ? undefined : adopted;
  const held = [...(definition ? homeFiles.definition : []), ...(properties ? homeFiles.properties : [])];
  return Object.fromEntries(Object.entries(questions).filter(([name]) => !held.includes(name)));
}

/** What the connector's files answer already. */
export function readFacts(draft: ConnectorDraft): Record<string, Answer> {
  const facts: Record<string, Answer> = {};
  for (const [name, home] of Object.entries(homes)) {
    const value = home.read(draft);
    if (value !== undefined && value !== '') facts[name] = name === 'categories' ? splitCategories(value) : value;
  }
  const profile = asString(own(draft.config, 'profile'));
  if (profile !== undefined) facts.profile = profile;
  return facts;
}

/** Writes the answers that differ from what the files say; an empty answer changes nothing. */
export function writeFacts(draft: ConnectorDraft, answers: Answers): void {
  for (const [name, home] of Object.entries(homes)) {
    const isList = name === 'categories';
    const value = isList ? list(answers, name).join(';') : text(answers, name);
    const present = home.read(draft);
    const same = present !== undefined && (isList ? splitCategories(present).join(';') : present) === value;
    if (value !== '' && !same) home.write(draft, value);
  }
  const environmentUrl = text(answers, 'environmentUrl');
  if (environmentUrl !== '') {
    const environments = { ...asObject(own(draft.config, 'environments')) };
    const first = Object.keys(environments)[0] ?? 'dev';
    setOwn(environments, first, { ...asObject(own(environments, first)), url: environmentUrl });
    setOwn(draft.config, 'environments', environments);
  }
}

const splitCategories = (value: string): string[] =>
  value
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
