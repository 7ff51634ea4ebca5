import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  Hover,
  Position,
  PublishDiagnosticsParams,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { buildOnce, program } from '../support/cli.ts';

/** An editor as the server sees one: the protocol on stdin and stdout of the built program. */
export class Editor {
  readonly child: ChildProcess;
  private readonly connection: MessageConnection;
  private readonly texts = new Map<string, { text: string; version: number }>();
  private readonly diagnostics = new Map<string, Diagnostic[]>();
  private waiting: (() => void)[] = [];

  private constructor(child: ChildProcess) {
    this.child = child;
    if (child.stdout === null || child.stdin === null) throw new Error('no pipes');
    this.connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      const { version = 1 } = this.texts.get(params.uri) ?? {};
      // of a text that was replaced in the meantime
      if (params.version !== undefined && params.version !== version) return;
      this.diagnostics.set(params.uri, params.diagnostics);
      for (const done of this.waiting) done();
      this.waiting = [];
    });
    this.connection.listen();
  }

  static async start(root: string, initializationOptions: object = {}): Promise<Editor> {
    buildOnce();
    const child = spawn(process.execPath, [program, 'lsp', '--stdio'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const editor = new Editor(child);
    const params = { processId: null, rootUri: pathToFileURL(root).href, capabilities: {}, initializationOptions };
    await editor.connection.sendRequest('initialize', params);
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  /** Opens a file with what is on the disk, or with another text. */
  async open(path: string, text = readFileSync(path, 'utf8')): Promise<void> {
    const uri = uriOf(path);
    this.texts.set(uri, { text, version: 1 });
    this.diagnostics.delete(uri);
    const languageId = path.endsWith('.csx') ? 'csharp' : 'json';
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async type(path: string, text: string): Promise<void> {
    const uri = uriOf(path);
    const version = (this.texts.get(uri)?.version ?? 0) + 1;
    this.texts.set(uri, { text, version });
    this.diagnostics.delete(uri);
    const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
    await this.connection.sendNotification('textDocument/didChange', params);
  }

  text(path: string): string {
    return this.texts.get(uriOf(path))?.text ?? readFileSync(path, 'utf8');
  }

  /** The diagnostics of a file, when they have come. */
  async diagnosticsOf(path: string): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.diagnostics.get(uriOf(path));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Waits for newer diagnostics of a file: those that there are were looked at. */
  async next(path: string): Promise<void> {
    this.diagnostics.delete(uriOf(path));
    await this.diagnosticsOf(path);
  }

  /** Position of the first place of a text, some letters into it. */
  find(path: string, words: string, inside = 1): Position {
    const text = this.text(path);
    const at = text.indexOf(words);
    if (at < 0) throw new Error(`${words} isn't in ${path}`);
    return TextDocument.create('', '', 0, text).positionAt(at + inside);
  }

  hover(path: string, position: Position): Promise<Hover | null> {
    return this.ask('hover', path, { position });
  }

  completions(path: string, position: Position): Promise<CompletionItem[]> {
    return this.ask('completion', path, { position });
  }

  places(
    method: 'definition' | 'references',
    path: string,
    position: Position,
  ): Promise<{ uri: string; range: { start: Position } }[]> {
    return this.ask(method, path, { position, context: { includeDeclaration: true } });
  }

  rename(path: string, position: Position, newName: string): Promise<WorkspaceEdit> {
    return this.ask('rename', path, { position, newName });
  }

  lenses(path: string): Promise<{ command: { command: string; arguments: string[] } }[]> {
    return this.ask('codeLens', path, {});
  }

  actions(path: string, diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> {
    const range = diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return this.ask('codeAction', path, { range, context: { diagnostics, ...(only === undefined ? {} : { only }) } });
  }

  async close(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await new Promise((resolve) => this.child.once('exit', resolve));
    this.connection.dispose();
  }

  private ask<T>(method: string, path: string, params: object): Promise<T> {
    return this.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: uriOf(path) }, ...params });
  }
}

export const uriOf = (path: string): string => pathToFileURL(path).href;

/** What an edit makes of a text. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), [...edits]);
}
