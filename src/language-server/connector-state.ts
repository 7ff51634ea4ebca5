import { setTimeout as wait } from 'node:timers/promises';
import type { Diagnostic } from 'vscode-languageserver';
import { type Connector, filesOf } from '../connector/load.ts';
import type { Finding } from '../rules/engine/run.ts';
import { startSession } from '../rules/engine/validate-connector.ts';
import type { CompileScript } from '../script/compilation.ts';
import { Compilations } from './compilations.ts';
import { atStart, diagnosticsOf } from './diagnostics.ts';
import { largestFile, type OpenFiles } from './open-files.ts';

/** Milliseconds that the other findings wait for the compiler; one that is warm is faster. */
const patience = 250;

type Publish = (path: string, diagnostics: Diagnostic[]) => void;

/** One connector while its files are typed in: what was found in it last. */
export class ConnectorState {
  readonly folder: string;
  /** As it was checked last. */
  connector: Connector | undefined;
  findings: readonly Finding[] = [];
  private readonly files: OpenFiles;
  private readonly compilations: Compilations;
  private timer: NodeJS.Timeout | undefined;
  private run = 0;
  /** Files that have diagnostics in the editor. */
  private shown = new Set<string>();

  constructor(folder: string, files: OpenFiles) {
    this.folder = folder;
    this.files = files;
    this.compilations = new Compilations(folder);
  }

  /** The connector as it is in the editor now. @throws UserError when its folder is gone */
  now(): Connector {
    return this.files.connector(this.folder);
  }

  /**
   * Checks the connector when nobody has typed for a while.
   *
   * @param milliseconds how long
   * @param publish is called for every file whose diagnostics may have changed, with none for a file without findings; a
   *   second time when the compiler of the script took longer
   */
  check(milliseconds: number, publish: Publish): void {
    clearTimeout(this.timer);
    // what is being checked is of a text that nobody sees any more
    this.run += 1;
    const { run } = this;
    this.timer = setTimeout(() => void this.checkNow(run, publish), milliseconds);
  }

  private async checkNow(run: number, publish: Publish): Promise<void> {
    const { compile } = this.compilations;
    let late: Promise<unknown> | undefined;
    const inTime: CompileScript = async (text) => {
      const result = compile(text);
      const first = await Promise.race([result, wait(patience, undefined, { ref: false })]);
      if (first === undefined) late = result;
      return first ?? { problems: [] };
    };
    try {
      await this.validate(this.now(), inTime, run, publish);
      await late;
      // read again: what a compiler says of a file is kept with it
      if (late !== undefined && run === this.run) await this.validate(this.now(), compile, run, publish);
    } catch {
      // the folder is gone, or a file changed while it was read: the next change has the next run
    }
  }

  private async validate(connector: Connector, compile: CompileScript, run: number, publish: Publish): Promise<void> {
    const isTooLarge = filesOf(connector).some(({ bytes }) => bytes.length > largestFile);
    const findings = isTooLarge ? [] : await startSession(connector, { cwd: this.folder, compile }).validate(connector);
    if (run !== this.run) return;
    this.connector = connector;
    this.findings = findings;
    const byFile = isTooLarge ? tooLarge(connector) : diagnosticsOf(connector, findings);
    for (const path of this.shown) if (!byFile.has(path)) publish(path, []);
    for (const [path, diagnostics] of byFile) publish(path, diagnostics);
    this.shown = new Set(byFile.keys());
  }
}

/** Checking takes time with every file, which nobody has while typing. */
const tooLarge = (connector: Connector): Map<string, Diagnostic[]> =>
  new Map(
    filesOf(connector).map(({ path, bytes }) => [
      path,
      bytes.length > largestFile
        ? [atStart(`too large to be checked while it is typed (${bytes.length} bytes): pp-connector validate`)]
        : [],
    ]),
  );
