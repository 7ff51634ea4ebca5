import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { RunContext, YeomanTest } from 'yeoman-test';
import { flagOf } from '../../src/repository/questions/question.ts';
import { checkout } from './folders.ts';

export type GeneratorId = 'app' | 'oauth' | 'operation' | 'policy' | 'readme' | 'workspace';

const sourceOf = (id: GeneratorId): string => join(checkout, 'generators', id, 'index.ts');

/** The class of a generator: under tsx yeoman-test can't load one that is given by its path. */
export async function load(id: GeneratorId): Promise<unknown> {
  const module = (await import(pathToFileURL(sourceOf(id)).href)) as { default: unknown };
  return module.default;
}

/** Of the library, but its adapter has a stream that nobody writes to, which Node 26 takes for an error. */
class Helpers extends YeomanTest {
  override createTestAdapter(...args: Parameters<YeomanTest['createTestAdapter']>) {
    const { from } = Duplex;
    Duplex.from = (source) => from.call(Duplex, source).on('error', () => {});
    try {
      return super.createTestAdapter(...args);
    } finally {
      Duplex.from = from;
    }
  }
}
const helpers = new Helpers();

/** A generator in yeoman-test, ready to be given flags and answers. @param generator its class: `await load(id)` */
export function run(id: GeneratorId, generator: unknown, cwd: string): RunContext {
  const settings = { namespace: `pp-connector:${id}`, resolved: sourceOf(id), cwd, forwardCwd: true };
  // yeoman-test forces everything unless it is told not to
  const context = new RunContext(generator as never, settings, { force: false } as never, helpers);
  return context.withOptions({ force: false } as never);
}

export interface Question {
  name: string;
  message: string;
  default: unknown;
  /** As the prompt's own check says: true, or what is wrong. */
  validate: (answer: unknown) => true | string;
}

export interface Generation {
  cwd: string;
  /** Words that belong to no flag. */
  words?: string[];
  flags?: Record<string, unknown>;
  /** Answers of a person, by question; without them nobody is asked. */
  answers?: Record<string, unknown> | undefined;
  /** Answers instead of those, each time that the question is asked. */
  reply?: Readonly<Record<string, () => unknown>>;
}

export interface Generated {
  questions: Question[];
  /** What was said on the terminal. */
  log: string;
  /** What was printed as the result. */
  output: string;
}

/** Runs a generator to its end. */
export async function generate(
  id: GeneratorId,
  { cwd, words = [], flags = {}, answers, reply = {} }: Generation,
): Promise<Generated> {
  const questions: Question[] = [];
  const lines: string[] = [];
  const before = process.cwd();
  const log = (...texts: unknown[]): void => {
    lines.push(texts.map(String).join(' '));
  };
  const context = run(id, await load(id), cwd)
    .withArguments(words)
    .withOptions({ interactive: answers !== undefined, ...flags } as never)
    .withAnswers(answers ?? {}, {
      callback: (answer: unknown, { question }: { question: unknown }) => {
        const asked = question as Question;
        questions.push(asked);
        return reply[asked.name]?.() ?? answer;
      },
    } as never)
    .onEnvironment((environment) => {
      Object.assign(environment.adapter, { log: Object.assign(log, { error: log, write: log }) });
    });
  const printed = captureOutput();
  const { argv } = process;
  // as `yo` was called
  process.argv = [...argv.slice(0, 2), `pp-connector:${id}`, ...words, ...Object.keys(flags).map(flagOf)];
  try {
    await context;
  } finally {
    process.argv = argv;
    printed.restore();
    process.chdir(before);
  }
  return { questions, log: lines.join('\n'), output: printed.text() };
}

/** What is written to stdout, instead of showing it. */
function captureOutput() {
  const chunks: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (chunk: string | Uint8Array) => {
    chunks.push(String(chunk));
    return true;
  };
  return {
    text: () => chunks.join(''),
    restore: () => {
      process.stdout.write = write;
    },
  };
}

/** The error of a generator that must fail. */
export async function failureOf(id: GeneratorId, generation: Generation): Promise<Error & { hint?: string }> {
  try {
    await generate(id, generation);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error(`${id} should have failed`);
}
