import { getOwn, type Json } from '../../connector/json/value.ts';
import { readAnswer } from '../../runtime/answer.ts';
import { isJsonType } from '../../runtime/message.ts';
import { type MockOptions, mockAnswerFor, Sampler } from '../../runtime/mock.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import { checkAnswer } from '../../runtime/schema-check.ts';
import type { Incoming } from '../../runtime/send.ts';
import { notificationSchema } from '../../runtime/triggers/webhook.ts';
import { answerView } from './resources.ts';
import { seededScalars } from './seeded-values.ts';

/** An answer before memory has been asked. */
export interface Sample {
  /** Of `responses`. */
  key: string;
  answer: Incoming;
  /** The body where it is JSON. */
  json: Json | undefined;
}

/** What operations answer by themselves: recordings, then examples that fit, then values by schema and name. */
export class Samples {
  private readonly recorded: ReadonlyMap<string, readonly Incoming[]>;
  private readonly options: Required<Pick<MockOptions, 'scalars'>>;
  private readonly known = new Map<string, Sample>();

  /** @param recorded by operation in lower case */
  constructor(recorded: ReadonlyMap<string, readonly Incoming[]>, seed: string) {
    this.recorded = recorded;
    this.options = { scalars: seededScalars(seed) };
  }

  /** What a flow goes on with. */
  success(operation: RuntimeOperation): Sample {
    return this.once(operation, '', () => {
      const recorded = this.recordedOf(operation).find(({ status }) => status >= 200 && status < 300);
      return recorded === undefined ? this.made(operation, undefined) : this.asSample(operation, recorded);
    });
  }

  /** What is declared for a status; undefined: nothing is, also no default. */
  forStatus(operation: RuntimeOperation, status: number): Sample | undefined {
    const recorded = this.recordedOf(operation).find((answer) => answer.status === status);
    if (recorded !== undefined) return this.asSample(operation, recorded);
    const key = keyOf(operation, status);
    if (key === undefined) return undefined;
    const sample = this.once(operation, key, () => this.made(operation, key));
    return { ...sample, answer: { ...sample.answer, status } };
  }

  /** What a webhook is notified of; undefined: the definition doesn't say. */
  notification(operation: RuntimeOperation): Json | undefined {
    const view = notificationSchema(operation);
    if (view === undefined) return undefined;
    return new Sampler(operation.schemas, { takesObjects: true, ...this.options }).value(view, [], [operation.id]);
  }

  private made(operation: RuntimeOperation, key: string | undefined): Sample {
    const written = mockAnswerFor(operation, key, this.options);
    const isFitting = checkAnswer(operation, readAnswer(written.answer), { isPoll: false }).length === 0;
    const { answer } = isFitting ? written : mockAnswerFor(operation, key, { ...this.options, withoutExamples: true });
    return { key: written.key, answer, json: jsonOf(answer) };
  }

  private recordedOf({ id }: RuntimeOperation): readonly Incoming[] {
    return this.recorded.get(id.toLowerCase()) ?? [];
  }

  private asSample(operation: RuntimeOperation, answer: Incoming): Sample {
    const {
      'content-length': _,
      'transfer-encoding': __,
      'content-encoding': ___,
      connection: ____,
      ...headers
    } = answer.headers;
    return { key: keyOf(operation, answer.status) ?? '', answer: { ...answer, headers }, json: jsonOf(answer) };
  }

  private once({ pointer }: RuntimeOperation, key: string, make: () => Sample): Sample {
    const name = `${pointer}\n${key}`;
    const known = this.known.get(name) ?? make();
    this.known.set(name, known);
    return known;
  }
}

function keyOf({ value }: RuntimeOperation, status: number): string | undefined {
  const responses = getOwn(value, 'responses');
  return [String(status), 'default'].find((key) => getOwn(responses, key) !== undefined);
}

function jsonOf(answer: Incoming): Json | undefined {
  if (!isJsonType(answer.headers['content-type'] ?? 'application/json')) return undefined;
  const { body } = readAnswer(answer);
  return body?.kind === 'json' ? body.value : undefined;
}

export const viewOf = (operation: RuntimeOperation, { key }: Sample) => answerView(operation, key);
