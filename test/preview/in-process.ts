import { type LiveOptions, type RunningPreview, startPreview } from '../../src/preview/run-preview.ts';
import type { TryOptions } from '../../src/preview/try-it.ts';
import { checkout } from '../support/folders.ts';

/** Without connection, code or another server. */
export const tryOptions: TryOptions = {
  cwd: checkout,
  connectionFile: undefined,
  connectionSet: undefined,
  env: {},
  sendTo: undefined,
  timeout: 5000,
  script: async () => undefined,
};

/** The preview of a folder, on any port, without a process of its own. */
export const previewInProcess = (folder: string, options: Partial<LiveOptions> = {}): Promise<RunningPreview> =>
  startPreview(folder, {
    cwd: checkout,
    profile: undefined,
    against: undefined,
    port: 0,
    answersOf: async () => new Map(),
    notify: (text) => {
      throw new Error(text);
    },
    tryIt: tryOptions,
    ...options,
  });
