import { asObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { watchFiles } from '../files/watch-files.ts';
import { applyFix } from './apply-fix.ts';
import { LateCompiler } from './late-compiler.ts';
import { LivePreview } from './live-preview.ts';
import { comparison, type PreviewOptions } from './preview-data.ts';
import { startServer } from './server.ts';
import {
  choicesFor,
  fieldsFor,
  outputsFor,
  readChoicesRequest,
  readTryRequest,
  type TryOptions,
  tryOperation,
} from './try-it.ts';

export interface LiveOptions extends PreviewOptions {
  port: number;
  tryIt: TryOptions;
  /** Notes for people. */
  notify: (text: string) => void;
}

export interface RunningPreview {
  title: string;
  url: string;
  close: () => Promise<void>;
}

/**
 * Serves the connector at `path` until it is closed, and follows its files.
 *
 * @throws UserError when it can't be read, or no port is free
 */
export async function startPreview(path: string, options: LiveOptions): Promise<RunningPreview> {
  const compiler = options.compile === undefined ? undefined : new LateCompiler(options.compile);
  const live = await LivePreview.open(path, { ...options, compile: compiler?.compile }, (preview) =>
    comparison(preview, options),
  );
  // a revision that doesn't exist is said before anybody opens the page
  await comparison(live.preview, options);
  const inTurn = turns();
  const server = await startServer(options.port, {
    state: () => live.state(),
    actions: {
      fix: (body) => inTurn(() => applyFix(live, path, readFixRequest(body), options)),
      try: (body) => tryOperation(live.preview, readTryRequest(body), options.tryIt),
      choices: (body) => told(choicesFor(live.preview, readChoicesRequest(body), options.tryIt)),
      fields: (body) => told(fieldsFor(live.preview, readChoicesRequest(body), options.tryIt)),
      outputs: (body) => told(outputsFor(live.preview, readChoicesRequest(body), options.tryIt)),
    },
  });
  const refresh = (): void => {
    live.refresh().then(
      () => server.changed(live.stamp),
      (error: unknown) => options.notify(`error: ${error instanceof Error ? error.message : String(error)}\n`),
    );
  };
  const watch = await watchFiles(live.files(), refresh);
  compiler?.follow(refresh);
  return {
    title: live.preview.model.connector.title,
    url: server.url,
    close: async () => {
      await watch.close();
      await server.close();
    },
  };
}

/** One after the other: each begins with what the one before has written. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}

/** Null: the API was not asked. */
const told = async (answer: Promise<object | undefined>): Promise<object> => ({ told: (await answer) ?? null });

/** @throws UserError for anything else */
function readFixRequest(body: unknown): { stamp: number; index: number } {
  const { stamp, index } = asObject(body);
  if (typeof stamp !== 'number' || typeof index !== 'number') throw new UserError('stamp and index are missing');
  return { stamp, index };
}
