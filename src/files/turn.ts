import { SeenFiles } from './unchanged.ts';

export interface TurnOptions {
  /** Folder that names in messages are relative to. */
  root: string;
  /** Takes what is held. @returns gives it back */
  take: () => Promise<() => void>;
  /** Absolute paths of all that may have been read by now, also of what isn't there. */
  files: () => string[];
}

/**
 * What a command holds while it works, and nobody else then has. While a question is open nobody is kept out; who
 * answers late finds the files as they were read, or is stopped.
 */
export class Turn {
  private readonly options: TurnOptions;
  private release: () => void;

  private constructor(options: TurnOptions, release: () => void) {
    this.options = options;
    this.release = release;
  }

  /** @throws UserError when another process has it and keeps it */
  static async take(options: TurnOptions): Promise<Turn> {
    return new Turn(options, await options.take());
  }

  /**
   * @param ask the question
   * @throws UserError when files were changed meanwhile, or another process has taken its turn and keeps it
   */
  readonly question = async <T>(ask: () => Promise<T>): Promise<T> => {
    const { root, take, files } = this.options;
    const seen = new SeenFiles();
    seen.look(files());
    this.end();
    const answer = await ask();
    this.release = await take();
    seen.requireUnchanged(root, files());
    return answer;
  };

  end(): void {
    const release = this.release;
    this.release = () => {};
    release();
  }
}
