import { asObject } from '../connector/json/value.ts';
import { findBase } from '../diff/find-base.ts';
import { UserError } from '../errors.ts';
import type { ValidateOptions } from '../rules/engine/validate-connector.ts';
import type { Breakage } from './against-state.ts';
import { applyFix } from './apply-fix.ts';
import { compareForms } from './compare-forms.ts';
import { LivePreview } from './live-preview.ts';
import { makePageState } from './make-page-state.ts';
import type { PageState } from './page-state.ts';
import type { PreviewModel } from './preview-model.ts';
import { type Preview, readPreview } from './read-preview.ts';
import { startServer } from './server.ts';
import { choicesFor, readChoicesRequest, readTryRequest, type TryOptions, tryOperation } from './try-it.ts';
import { watchFiles } from './watch-files.ts';

export interface PreviewOptions extends ValidateOptions {
  /** A folder, a file or a git revision that forms are compared with. */
  against: string | undefined;
}

/** For a file that is shared: nothing of this machine is in it. @throws UserError when the connector can't be read */
export async function staticState(path: string, options: PreviewOptions): Promise<PageState> {
  const preview = await readPreview(path, options);
  const against = compareWith(options)(preview);
  return makePageState(preview, { cwd: options.cwd, stamp: 1, trouble: null, against, isStatic: true });
}

const compareWith =
  ({ against, cwd, profile }: PreviewOptions) =>
  ({ connector, model }: Preview): Breakage | null =>
    against === undefined
      ? null
      : compareForms(findBase(against, connector, { cwd }), connector, model, { cwd, profile });

/** What `--format json` prints; what changes is there with `--against`. @throws UserError as `staticState` */
export async function previewData(
  path: string,
  options: PreviewOptions,
): Promise<PreviewModel & { against?: Breakage }> {
  const preview = await readPreview(path, options);
  const against = compareWith(options)(preview);
  return against === null ? preview.model : { ...preview.model, against };
}

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
  const compare = compareWith(options);
  const live = await LivePreview.open(path, options, async (preview) => compare(preview));
  // a revision that doesn't exist is said before anybody opens the page
  compare(live.preview);
  const server = await startServer(options.port, {
    state: () => live.state(),
    actions: {
      fix: (body) => applyFix(live, path, readFixRequest(body), options),
      try: (body) => tryOperation(live.preview, readTryRequest(body), options.tryIt),
      choices: (body) => choicesFor(live.preview, readChoicesRequest(body), options.tryIt),
    },
  });
  const watch = await watchFiles(live.files(), () => {
    live.refresh().then(
      () => server.changed(live.stamp),
      (error: unknown) => options.notify(`error: ${error instanceof Error ? error.message : String(error)}\n`),
    );
  });
  return {
    title: live.preview.model.connector.title,
    url: server.url,
    close: async () => {
      await watch.close();
      await server.close();
    },
  };
}

/** @throws UserError for anything else */
function readFixRequest(body: unknown): { stamp: number; index: number } {
  const { stamp, index } = asObject(body);
  if (typeof stamp !== 'number' || typeof index !== 'number') throw new UserError('stamp and index are missing');
  return { stamp, index };
}
