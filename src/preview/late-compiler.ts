import type { Compilation, CompileScript } from '../script/compilation.ts';

/** Milliseconds: what the compiler has said of a text before is there sooner. */
const patience = 60;

/** Compiles scripts beside what is looked at: until the compiler has spoken, a script has no findings of it. */
export class LateCompiler {
  private readonly compileNow: CompileScript;
  private last: { text: string; result: Promise<Compilation> } | undefined;
  private isLate = false;
  private onLate: (() => void) | undefined;

  constructor(compile: CompileScript) {
    this.compileNow = compile;
  }

  readonly compile: CompileScript = async (text) => {
    if (this.last?.text !== text) this.last = { text, result: this.compileNow(text) };
    const { result } = this.last;
    const known = await Promise.race([result, later(patience)]);
    if (known !== undefined) return known;
    result.then(
      () => this.tell(),
      () => this.tell(),
    );
    return { problems: [] };
  };

  /** Calls back whenever a script that has been shown without it is compiled. */
  follow(onLate: () => void): void {
    this.onLate = onLate;
    if (this.isLate) onLate();
  }

  private tell(): void {
    this.isLate = true;
    this.onLate?.();
  }
}

const later = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
