import { asArray, getOwn, isObject, type Json } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { answerOfEntry, entriesOf } from '../runtime/har.ts';
import { RunFailure } from '../runtime/run-failure.ts';
import type { Incoming, Outgoing, Send } from '../runtime/send.ts';
import { refusalOf } from '../system-error.ts';
import type { GivenAnswer } from './model.ts';
import { readBesideTest } from './read-beside-test.ts';

/**
 * The answers that a case gives, in order.
 *
 * @param file absolute: the file of tests, which names of other files are relative to
 * @param root absolute: the repository, which no name leads out of
 * @throws UserError for a file that can't be read, or is no recording
 */
export function answersFor(api: GivenAnswer | readonly GivenAnswer[], file: string, root: string): Incoming[] {
  const list: readonly GivenAnswer[] = Array.isArray(api) ? api : [api as GivenAnswer];
  return list.flatMap((answer) => (typeof answer === 'string' ? fromFile(answer, file, root) : [incomingOf(answer)]));
}

function fromFile(name: string, file: string, root: string): Incoming[] {
  let value: Json;
  try {
    value = JSON.parse(readBesideTest(name, { file, root, what: 'api' }).toString('utf8')) as Json;
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : refusalOf(error);
    if (reason === undefined) throw error;
    throw new UserError(`api: ${name}: ${reason}`);
  }
  if (getOwn(value, 'log') !== undefined) return answersIn(value, name);
  if (Array.isArray(value)) return asArray(value).map((one) => incomingOf(one as Exclude<GivenAnswer, string>));
  if (isObject(value) && (getOwn(value, 'status') !== undefined || getOwn(value, 'body') !== undefined))
    return [incomingOf(value as Exclude<GivenAnswer, string>)];
  throw new UserError(`api: ${name}: is neither a recording (HAR) nor an answer with "status" and "body"`);
}

/** Of a recording, also of a browser's: without its preflights, and without what never got an answer. */
function answersIn(archive: Json, name: string): Incoming[] {
  const entries = entriesOf(archive, name);
  const answered = entries.filter(
    (entry) => getOwn(getOwn(entry, 'request'), 'method') !== 'OPTIONS' && answerOfEntry(entry).status !== 0,
  );
  return (answered.length === 0 ? entries : answered).map(answerOfEntry);
}

/** JSON is sent as JSON; a text as it is. */
export function incomingOf({ status = 200, headers = {}, body }: Exclude<GivenAnswer, string>): Incoming {
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const answer = (bytes: Buffer, type: string | undefined): Incoming => ({
    status,
    statusText: '',
    headers: type === undefined || named['content-type'] !== undefined ? named : { 'content-type': type, ...named },
    body: bytes,
  });
  if (body === undefined) return answer(Buffer.alloc(0), undefined);
  if (typeof body === 'string') return answer(Buffer.from(body), 'text/plain; charset=utf-8');
  const base64 = getOwn(body, 'base64');
  if (isObject(body) && typeof base64 === 'string' && Object.keys(body).length === 1)
    return answer(Buffer.from(base64, 'base64'), 'application/octet-stream');
  return answer(Buffer.from(JSON.stringify(body)), 'application/json');
}

/** Gives the answers of a case, and nothing once they are used up. */
export class Answers {
  /** Requests that nobody expected, in words. */
  readonly unexpected: Outgoing[] = [];
  /** How many were given. */
  given = 0;
  private readonly answers: readonly Incoming[];
  readonly limit: number;

  /** @param limit how many requests are allowed; the last answer is given again where there are fewer answers */
  constructor(answers: readonly Incoming[], limit: number) {
    this.answers = answers;
    this.limit = limit;
  }

  readonly send: Send = async (request) => {
    const answer = this.answers[Math.min(this.given, this.answers.length - 1)];
    if (this.given >= this.limit || answer === undefined) {
      this.unexpected.push(request);
      throw new RunFailure(`nothing answers ${request.method} ${request.url}`);
    }
    this.given += 1;
    return answer;
  };
}
