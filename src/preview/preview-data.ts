import type { ValidateOptions } from '../rules/engine/validate-connector.ts';
import type { Breakage } from './against-state.ts';
import type { AnswersOf } from './make-page-state.ts';
import type { PageState } from './page-state.ts';
import type { PreviewModel } from './preview-model.ts';
import { type Preview, readPreview } from './read-preview.ts';

/** What is seen of a connector at one moment, for a script or a file. */

export interface PreviewOptions extends ValidateOptions {
  /** A folder, a file or a git revision that forms are compared with. */
  against: string | undefined;
  answersOf: AnswersOf;
}

/** What `--format json` prints; what changes is there with `--against`. @throws UserError when the connector can't be read */
export async function previewData(
  path: string,
  options: PreviewOptions,
): Promise<PreviewModel & { against?: Breakage }> {
  const preview = await readPreview(path, options);
  const against = await comparison(preview, options);
  return against === null ? preview.model : { ...preview.model, against };
}

/** For a file that is shared: nothing of this machine is in it. @throws UserError when the connector can't be read */
export async function staticState(path: string, options: PreviewOptions): Promise<PageState> {
  const preview = await readPreview(path, options);
  const against = await comparison(preview, options);
  const { makePageState } = await import('./make-page-state.ts');
  return makePageState(preview, { ...options, stamp: 1, trouble: null, against, isStatic: true });
}

/** Nothing where nobody asked for it. @throws UserError for a version that there isn't, or that can't be read */
export async function comparison(
  { connector, model }: Preview,
  { against, cwd, profile }: PreviewOptions,
): Promise<Breakage | null> {
  if (against === undefined) return null;
  const { compareForms } = await import('./compare-forms.ts');
  return compareForms(against, connector, model, { cwd, profile });
}
