import { basename, join } from 'node:path';
import { repositoryNames } from '../connector/find.ts';
import { isUserError } from '../errors.ts';
import type { ValidateOptions } from '../rules/engine/validate-connector.ts';
import type { Breakage } from './against-state.ts';
import { makePageState } from './make-page-state.ts';
import type { PageState } from './page-state.ts';
import { type Preview, readPreview } from './read-preview.ts';

/** A connector that is edited while it is looked at: the last state that could be read, and what is wrong with a newer one. */
export class LivePreview {
  /** Grows with every change. */
  stamp = 1;
  private readonly path: string;
  private readonly options: ValidateOptions;
  private readonly compare: (preview: Preview) => Promise<Breakage | null>;
  private last: Preview;
  private trouble: string | null = null;
  private page: { stamp: number; state: Promise<PageState> } | undefined;
  private reading: Promise<void> | undefined;
  private isDirty = false;

  private constructor(
    path: string,
    options: ValidateOptions,
    first: Preview,
    compare: (preview: Preview) => Promise<Breakage | null>,
  ) {
    this.path = path;
    this.options = options;
    this.last = first;
    this.compare = compare;
  }

  /** @throws UserError when there is nothing to begin with */
  static async open(
    path: string,
    options: ValidateOptions,
    compare: (preview: Preview) => Promise<Breakage | null>,
  ): Promise<LivePreview> {
    return new LivePreview(path, options, await readPreview(path, options), compare);
  }

  get preview(): Preview {
    return this.last;
  }

  /** Files that are looked at, also those that may come. */
  files(): string[] {
    const { files, assets, root } = this.last.connector.location;
    const names = Object.entries(repositoryNames).map(([role, name]) =>
      role === 'config' || role === 'readme' || role === 'intro' ? join(root, name) : join(assets, basename(name)),
    );
    return [...new Set([...Object.values(files), ...names])];
  }

  /**
   * Reads the files again. Those who ask while it reads get one more reading, whatever their number.
   *
   * @returns once there is a state at least as new as the call
   */
  async refresh(): Promise<void> {
    this.isDirty = true;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async read(): Promise<void> {
    while (this.isDirty) {
      this.isDirty = false;
      try {
        this.last = await readPreview(this.path, this.options);
        this.trouble = null;
      } catch (error) {
        if (!isUserError(error)) throw error;
        this.trouble = error.message;
      }
      this.stamp += 1;
    }
  }

  /** Made once per change, when somebody asks. */
  state(): Promise<PageState> {
    if (this.page?.stamp !== this.stamp) this.page = { stamp: this.stamp, state: this.make() };
    return this.page.state;
  }

  /** The other version may be edited too: where it can't be read at the moment, the rest of the page is shown. */
  private async compareLast(): Promise<{ against: Breakage | null; untold: string | null }> {
    try {
      return { against: await this.compare(this.last), untold: null };
    } catch (error) {
      if (!isUserError(error)) throw error;
      return { against: null, untold: error.message };
    }
  }

  private async make(): Promise<PageState> {
    const { last, trouble, stamp, options } = this;
    const { against, untold } = await this.compareLast();
    return makePageState(last, { cwd: options.cwd, stamp, trouble: trouble ?? untold, against, isStatic: false });
  }
}
