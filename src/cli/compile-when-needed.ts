import { thisPlatform } from '../process/platform.ts';
import type { CompileScript } from '../script/compilation.ts';

/** Most connectors have no script: nothing of this is loaded for them. */
export function compileWhenNeeded(cwd: string): CompileScript {
  let compiler: Promise<CompileScript> | undefined;
  return async (text) => {
    compiler ??= import('../runtime/script/script-compiler.ts').then(({ scriptCompiler }) =>
      scriptCompiler(cwd, thisPlatform()),
    );
    return (await compiler)(text);
  };
}
