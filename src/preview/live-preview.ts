import { join } from 'node:path';
import { possibleFiles } from '../connector/find.ts';
import { workspaceName, workspaceRoot } from '../connector/workspace.ts';
import { isUserError, type UserError } from '../errors.ts';
import type { ValidateOptions } from '../rules/engine/validate-connector.ts';
import type { Breakage } from './against-state.ts';
import { makePageState, type PageOptions } from './make-page-state.ts';
import type { PageState, Trouble } from './page-state.ts';
import { type Preview, readPartly, readPreview } from './read-preview.ts';

type ReadOptions = ValidateOptions & Pick<PageOptions, 'answersOf'>;

/** A connector that is edited while it is looked at: the last state that could be read, and what is wrong with a newer one. */
export class LivePreview {
  /** Grows with every change. */
  stamp = 1;
  private readonly path: string;
  private readonly options: ReadOptions;
  private readonly compare: (preview: Preview) => Promise<Breakage | null>;
  private last: Preview;
  private trouble: Trouble | null;
  private page: { stamp: number; state: Promise<PageState> } | undefined;
  private reading: Promise<void> | undefined;
  private isDirty = false;

  private constructor(
    path: string,
    options: ReadOptions,
    first: { preview: Preview; trouble: Trouble | null },
    compare: (preview: Preview) => Promise<Breakage | null>,
  ) {
    this.path = path;
    this.options = options;
    this.last = first.preview;
    this.trouble = first.trouble;
    this.compare = compare;
  }

  /**
   * A file that isn't JSON yet is no reason not to begin: it is being typed.
   *
   * @throws UserError when there is nothing to begin with
   */
  static async open(
    path: string,
    options: ReadOptions,
    compare: (preview: Preview) => Promise<Breakage | null>,
  ): Promise<LivePreview> {
    return new LivePreview(path, options, await firstPreview(path, options), compare);
  }

  get preview(): Preview {
    return this.last;
  }

  /** Files that are looked at, also those that may come. */
  files(): string[] {
    const { location } = this.last.connector;
    const workspace = workspaceRoot(location.root);
    return [...possibleFiles(location), ...(workspace === undefined ? [] : [join(workspace, workspaceName)])];
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
        await this.keepWhatThereIs(error);
      }
      this.stamp += 1;
    }
  }

  /** Nothing that could be read once is lost; before that, the files that can be read are shown. */
  private async keepWhatThereIs(error: UserError): Promise<void> {
    const hasGoodState = this.trouble?.shown !== 'rest';
    const partly = hasGoodState ? undefined : await readPartly(this.path, this.options);
    if (partly !== undefined) this.last = partly;
    this.trouble = troubleOf(error, hasGoodState ? 'last' : 'rest');
  }

  /** Made once per change, when somebody asks. */
  state(): Promise<PageState> {
    if (this.page?.stamp !== this.stamp) this.page = { stamp: this.stamp, state: this.make() };
    return this.page.state;
  }

  /** The other version may be edited too: where it can't be read at the moment, the rest of the page is shown. */
  private async compareLast(): Promise<{ against: Breakage | null; untold: Trouble | null }> {
    try {
      return { against: await this.compare(this.last), untold: null };
    } catch (error) {
      if (!isUserError(error)) throw error;
      return { against: null, untold: troubleOf(error, 'rest') };
    }
  }

  private async make(): Promise<PageState> {
    const { last, trouble, stamp, options } = this;
    const { against, untold } = await this.compareLast();
    return makePageState(last, { ...options, stamp, trouble: trouble ?? untold, against, isStatic: false });
  }
}

async function firstPreview(
  path: string,
  options: ValidateOptions,
): Promise<{ preview: Preview; trouble: Trouble | null }> {
  try {
    return { preview: await readPreview(path, options), trouble: null };
  } catch (error) {
    if (!isUserError(error)) throw error;
    const preview = await readPartly(path, options);
    if (preview === undefined) throw error;
    return { preview, trouble: troubleOf(error, 'rest') };
  }
}

const troubleOf = ({ message, hint = '' }: UserError, shown: Trouble['shown']): Trouble => ({ message, hint, shown });
