import { workspaceFinder } from '../../connector/workspace.ts';
import { shownPath } from '../../files/names.ts';
import { type ConnectorReport, countFindings } from './report.ts';
import { type ValidateOptions, validatePath } from './validate-connector.ts';

export interface BatchOptions extends ValidateOptions {
  /** Checks one connector; default: as it is on disk. */
  validate?: (path: string, options: ValidateOptions) => Promise<ConnectorReport>;
  /** Before each one. */
  onStart?: (shown: string) => void;
  /** What could not be validated is reported, and the others go on. @returns why, in one sentence */
  onFailure: (shown: string, error: unknown) => string;
}

/** Checks connectors one after the other: hundreds of them are never in memory together. */
export async function* validateBatch(
  paths: readonly string[],
  options: BatchOptions,
): AsyncGenerator<ConnectorReport, void> {
  const { validate = validatePath, onStart, onFailure } = options;
  const each = { ...options, workspaceOf: workspaceFinder() };
  for (const path of paths) {
    const shown = shownPath(path, options.cwd);
    onStart?.(shown);
    yield await validate(path, each).catch((error: unknown): ConnectorReport => {
      const profile = options.profile ?? 'custom';
      return { path: shown, profile, findings: [], counts: countFindings([]), notJudged: onFailure(shown, error) };
    });
  }
}
