import { type Answer, type Answers, text } from '../../answers.ts';
import { profiles } from '../../connector/profile.ts';
import { UserError } from '../../errors.ts';
import { textOrFile } from '../../files/given-file.ts';
import { startWaiting } from '../../progress.ts';
import { fromCurl } from '../from-curl.ts';
import { descriptionQuestions } from '../questions/import.ts';
import type { Prompts } from '../questions/prompts.ts';
import { flagOf } from '../questions/question.ts';
import {
  fromConfig,
  fromExisting,
  fromFolder,
  fromNothing,
  fromSample,
  type StartingPoint,
} from '../starting-point.ts';

export interface StartRequest {
  root: string;
  cwd: string;
  /** The folder holds a repository already. */
  existing: boolean;
  /** The answers that somebody gave: how a description is read and converted is among them. */
  given: Answers;
  /** Somebody who can be asked about a description. */
  prompts?: Prompts | undefined;
}

/** The flags that say what a repository is made from; one of them at most. */
export const sources = ['from', 'config', 'api', 'curl', 'empty'] as const;

/**
 * What a repository is made from.
 *
 * @param answers to the questions about it
 * @throws UserError for several sources, one beside a repository, and one that can't be read
 */
export async function chooseStart(answers: Answers, request: StartRequest): Promise<StartingPoint> {
  const { root, cwd, existing } = request;
  const given = sources.filter((name) => text(answers, name) !== '' || answers[name] === true);
  const [source] = given;
  if (given.length > 1) throw new UserError(`--${given.join(' and --')} can't be given together`);
  if (existing && source !== undefined) {
    throw new UserError(`${root} holds a connector repository already: --${source} would replace its connector`, {
      hint: 'give another folder, or leave the flag out to bring this one up to date',
    });
  }
  const repair = answers.repair === true;
  if (existing) return fromExisting(root);
  if (source === 'from') return fromFolder(root, text(answers, 'from'), cwd, repair);
  if (source === 'config') return fromConfig(root, text(answers, 'config'), cwd, repair);
  if (source === 'api') return describedBy(text(answers, 'api'), request);
  if (source === 'curl') return fromCurl(root, textOrFile('--curl', text(answers, 'curl'), cwd));
  return source === 'empty' ? fromNothing(root) : fromSample(root);
}

async function describedBy(place: string, { root, cwd, given, prompts }: StartRequest): Promise<StartingPoint> {
  // it brings the whole conversion along
  const { fromDescription } = await import('../from-description.ts');
  return fromDescription({
    place,
    waiting: (what) => startWaiting(what, () => process.stderr),
    root,
    cwd,
    answers: given,
    profile: profiles.find((name) => name === given.profile) ?? 'custom',
    prompts,
  });
}

/** Those answers that are about a description. */
export const aboutDescription = (answers: Answers): Record<string, Answer> =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([name, answer]) =>
      Object.hasOwn(descriptionQuestions, name) && answer !== undefined ? [[name, answer]] : [],
    ),
  );

/** What says how to convert says nothing where nothing is converted. @throws UserError */
export function requireDescription({ origin }: StartingPoint, given: Answers): void {
  const [first] = Object.keys(aboutDescription(given));
  if (first === undefined || origin === 'import') return;
  const hint =
    origin === 'existing'
      ? `to convert a description into this repository: pp-connector import FILE ${flagOf(first)} …`
      : `name the description: --api FILE ${flagOf(first)} …`;
  throw new UserError(`${flagOf(first)} is about an API description, and none is given`, { hint });
}
