import type { JsonObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { digest } from '../../files/digest.ts';
import { bodyOfAnswer } from '../../runtime/answer.ts';
import { type Exchange, recorded } from '../../runtime/har.ts';
import { shownBody } from '../../runtime/message.ts';
import { prepareRun, runOperation } from '../../runtime/run-operation.ts';
import type { Secrets } from '../../runtime/secrets.ts';
import type { Send } from '../../runtime/send.ts';
import { optionsOf, type RunContext, requireComplete, scriptOf } from '../case-options.ts';
import { resultExpectation } from '../init/snapshot.ts';
import type { TestCase, TestFile } from '../model.ts';
import { scrubbed, scrubbedHeaders } from './scrub.ts';

export interface RecordOptions {
  context: RunContext;
  /** The real API. */
  send: Send;
  freeze: string | undefined;
  /** Also what may change something. */
  mayChange: boolean;
}

/** What the real API answered in a case. */
export interface RecordedCase {
  /** Of the case in its file, from 0. */
  index: number;
  /** Name relative to the file of tests → contents. */
  files: Map<string, string>;
  /** What the case has instead of its answers. */
  api: string | string[];
  result: JsonObject;
}

/**
 * Asks the real API for the answers of a case.
 *
 * @returns the reason where it isn't asked
 * @throws UserError when a secret would be in a file
 */
export async function recordCase(
  file: TestFile,
  index: number,
  options: RecordOptions,
): Promise<RecordedCase | { reason: string }> {
  const test = file.cases[index] as TestCase;
  const { context, freeze } = options;
  if (test.steps !== undefined) return { reason: 'a life of a trigger is not recorded' };
  const operation = context.subject.operation(file.operation);
  const script = await scriptOf(test, operation.id, context);
  if (script !== undefined && 'missing' in script) return { reason: script.missing };
  const exchanges: Exchange[] = [];
  const run = { ...optionsOf(file, test, operation, context), send: recorded(options.send, exchanges), script };
  const prepared = requireComplete(prepareRun(run));
  if (!options.mayChange && !['GET', 'HEAD', 'OPTIONS'].includes(prepared.method)) {
    return { reason: `${prepared.method} may change something; if it is meant: --yes` };
  }
  const { trace } = await runOperation(run, prepared);
  if (trace.error !== undefined) return { reason: trace.error };
  const { secrets } = run;
  const answers = exchanges.map(({ answer }) => {
    const headers = answer?.headers ?? {};
    const body = shownBody(bodyOfAnswer(answer?.body ?? Buffer.alloc(0), headers['content-type']));
    return {
      status: answer?.status ?? 0,
      headers: scrubbedHeaders(headers, { secrets, freeze }),
      body: scrubbed(body, { secrets, freeze }),
    };
  });
  const base = `recordings/${recordingName(file, test)}`;
  const names = answers.map((_, at) => `${base}${answers.length > 1 ? `-${at + 1}` : ''}.json`);
  const texts = answers.map((answer) => `${JSON.stringify(answer, null, 2)}\n`);
  for (const [at, text] of texts.entries()) requireClean(text, names[at] ?? '', secrets);
  const { status, fits } = resultExpectation({ trace }, []);
  return {
    index,
    files: new Map(names.map((name, at) => [name, texts[at] ?? ''])),
    api: names.length === 1 ? (names[0] ?? '') : names,
    result: { status: status ?? 0, fits: fits ?? false },
  };
}

/** Different for every case also where a file system takes capitals and small letters for the same. */
function recordingName({ operation, cases }: TestFile, test: TestCase): string {
  const plain = ({ name }: TestCase): string =>
    `${operation}-${name}`.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 100);
  const name = plain(test);
  const isUnique = cases.every((other) => other === test || plain(other).toLowerCase() !== name.toLowerCase());
  return isUnique && /^[\w-]+$/.test(operation) ? name : `${name}-${digest(`${operation}\n${test.name}`).slice(0, 8)}`;
}

/** The last look before anything is written. @throws UserError for a secret that is still there */
function requireClean(text: string, name: string, secrets: Secrets): void {
  if (secrets.text(text) === text) return;
  throw new UserError(`${name}: would hold a secret of the connection, and is not written`);
}
