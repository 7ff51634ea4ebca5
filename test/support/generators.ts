import { join } from 'node:path';
import { RunContext } from 'yeoman-test';
import AppGenerator from '../../generators/app/index.ts';
import OauthGenerator from '../../generators/oauth/index.ts';
import OperationGenerator from '../../generators/operation/index.ts';
import ReadmeGenerator from '../../generators/readme/index.ts';
import { checkout } from './folders.ts';

const classes = { app: AppGenerator, oauth: OauthGenerator, operation: OperationGenerator, readme: ReadmeGenerator };

export type GeneratorId = keyof typeof classes;

const meta = (id: GeneratorId) => ({
  namespace: `pp-connector:${id}`,
  resolved: join(checkout, 'generators', id, 'index.ts'),
});

/** A generator in yeoman-test, by its class: under tsx one given by path can't be loaded. */
export function run(id: GeneratorId, cwd: string): RunContext {
  // yeoman-test forces everything unless it is told not to
  const context = new RunContext(classes[id] as never, { ...meta(id), cwd, forwardCwd: true }, {
    force: false,
  } as never);
  const others = (Object.keys(classes) as GeneratorId[]).map((other) => [classes[other], meta(other)]);
  return context.withGenerators(others as never).withOptions({ force: false } as never);
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
  const context = run(id, cwd)
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
  try {
    await context;
  } finally {
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
