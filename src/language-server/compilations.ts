import { isUserError } from '../errors.ts';
import { thisPlatform } from '../process/platform.ts';
import type { Compilation, CompileScript } from '../script/compilation.ts';

/**
 * What the compiler says of the script of one connector while it is typed. Nothing is loaded, and no process starts, for
 * a connector without a script; the process for those that have one ends with this program.
 */
export class Compilations {
  private readonly folder: string;
  private compiler: Promise<CompileScript> | undefined;
  private last: { text: string; result: Promise<Compilation> } | undefined;

  /** @param folder of the connector */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** The same text is compiled once, however often the other files change. */
  readonly compile: CompileScript = (text) => {
    if (this.last?.text !== text) this.last = { text, result: this.ask(text) };
    return this.last.result;
  };

  private async ask(text: string): Promise<Compilation> {
    this.compiler ??= import('../runtime/script/script-compiler.ts').then(({ scriptCompiler }) =>
      scriptCompiler(this.folder, thisPlatform()),
    );
    try {
      return await (await this.compiler)(text);
    } catch (error) {
      if (!isUserError(error)) throw error;
      return { missing: error.message };
    }
  }
}
