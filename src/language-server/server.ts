import {
  type CompletionItem,
  createConnection,
  type InitializeParams,
  type InitializeResult,
  type Location,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileRole } from '../connector/source-file.ts';
import { isUserError } from '../errors.ts';
import { version } from '../version.ts';
import { codeActions, fixAll } from './code-actions.ts';
import { connectorCompletions } from './completion.ts';
import { ConnectorState } from './connector-state.ts';
import { hoverAt } from './hover.ts';
import { JsonLanguage } from './json-language.ts';
import { codeLenses } from './lenses.ts';
import { nameInFile, type Occurrence, occurrences } from './names.ts';
import { connectorOf, largestFile, OpenFiles, pathOf, uriOf } from './open-files.ts';
import { orNothing } from './or-nothing.ts';
import { nodeAt } from './positions.ts';
import { renameEverywhere } from './rename.ts';
import type { OpenText } from './test-files.ts';

/** Milliseconds after the last key. */
const quiet = 150;

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll'] },
  hoverProvider: true,
  completionProvider: { triggerCharacters: ['"', ':', "'", '/', ';'] },
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  codeLensProvider: {},
};

/** A place in one of a connector's files, with all that is known of it. */
interface Place {
  state: ConnectorState;
  document: TextDocument;
  path: string;
  role: FileRole | undefined;
  offset: number;
}

/** Serves the Language Server Protocol on stdin and stdout until the client ends it. */
export function serveEditors(): Promise<void> {
  return new LanguageServer().run();
}

class LanguageServer {
  private readonly connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  private readonly documents = new TextDocuments(TextDocument);
  private readonly files = new OpenFiles();
  private readonly states = new Map<string, ConnectorState>();
  private readonly json = new JsonLanguage();
  /** Whether the client has the commands of the lenses. */
  private hasCommands = false;

  run(): Promise<void> {
    const { connection, documents } = this;
    connection.onInitialize((params) => this.initialize(params));
    documents.onDidOpen(({ document }) => this.changed(document, 0));
    documents.onDidChangeContent(({ document }) => this.changed(document, quiet));
    documents.onDidSave(({ document }) => this.changed(document, 0));
    documents.onDidClose(({ document }) => this.closed(document));
    connection.onDidChangeWatchedFiles(() => {
      for (const state of this.states.values()) this.check(state, quiet);
    });
    this.offerReading();
    this.offerChanges();
    documents.listen(connection);
    return new Promise((resolve) => {
      connection.onExit(resolve);
      connection.listen();
    });
  }

  private initialize(params: InitializeParams): InitializeResult {
    const options = params.initializationOptions as { commands?: boolean } | undefined;
    this.hasCommands = options?.commands === true;
    return { capabilities, serverInfo: { name: 'pp-connector', version } };
  }

  private offerReading(): void {
    const { connection } = this;
    connection.onHover(
      orNothing(async ({ textDocument, position }) => {
        const place = this.place(textDocument.uri, position);
        const at = place && nodeAt(place.document.getText(), place.offset);
        if (place === undefined || at === undefined) return null;
        const { connector = place.state.now(), findings } = place.state;
        const own = hoverAt(place.document, at, connector, findings);
        return own ?? (place.role && (await this.json.hover(place.document, position, place.role))) ?? null;
      }, null),
    );
    connection.onCompletion(
      orNothing(async ({ textDocument, position }): Promise<CompletionItem[]> => {
        const place = this.place(textDocument.uri, position);
        if (place === undefined || place.role === undefined) return [];
        const own = connectorCompletions(place.document, place.offset, place.state.now());
        const bySchema = await this.json.completions(place.document, position, place.role);
        return [...own, ...bySchema.filter(({ label }) => !own.some((known) => known.label === label))];
      }, []),
    );
    connection.onDefinition(
      orNothing(
        ({ textDocument, position }) =>
          this.locations(textDocument.uri, position, ({ isDeclaration }) => isDeclaration),
        [],
      ),
    );
    connection.onReferences(
      orNothing(
        ({ textDocument, position, context }) =>
          this.locations(
            textDocument.uri,
            position,
            ({ isDeclaration }) => !isDeclaration || context.includeDeclaration,
          ),
        [],
      ),
    );
    connection.onCodeLens(
      orNothing(({ textDocument }) => {
        const place = this.hasCommands ? this.place(textDocument.uri, { line: 0, character: 0 }) : undefined;
        return place?.role === 'definition' ? codeLenses(place.document, place.state.folder) : [];
      }, []),
    );
  }

  private offerChanges(): void {
    const { connection } = this;
    connection.onCodeAction(
      orNothing(async ({ textDocument, range, context }) => {
        const place = this.place(textDocument.uri, range.start);
        if (place === undefined) return [];
        const options = { cwd: place.state.folder };
        const connector = place.state.now();
        const kinds = context.only ?? ['quickfix', 'source.fixAll'];
        const isWanted = (kind: string): boolean => kinds.some((only) => kind === only || kind.startsWith(`${only}.`));
        const fixes = isWanted('quickfix') ? await codeActions(connector, context.diagnostics, options) : [];
        const all =
          context.only !== undefined && isWanted('source.fixAll') ? await fixAll(connector, options) : undefined;
        return all === undefined ? fixes : [...fixes, all];
      }, []),
    );
    connection.onPrepareRename(
      orNothing(({ textDocument, position }) => {
        const place = this.place(textDocument.uri, position);
        const name = place && this.nameOf(place);
        if (place === undefined || name?.kind !== 'operation') return null;
        const here = occurrences(place.state.now(), name, this.openText).find(
          ({ path, offset, length }) =>
            path === place.path && offset <= place.offset && place.offset <= offset + length,
        );
        if (here === undefined) return null;
        const { document } = place;
        const range = { start: document.positionAt(here.offset), end: document.positionAt(here.offset + here.length) };
        return { range, placeholder: name.name };
      }, null),
    );
    connection.onRenameRequest(
      orNothing(({ textDocument, position, newName }): WorkspaceEdit | null => {
        const place = this.place(textDocument.uri, position);
        const name = place && this.nameOf(place);
        if (place === undefined || name?.kind !== 'operation') return null;
        try {
          return renameEverywhere(place.state.now(), { id: name.name, to: newName }, this.openText);
        } catch (error) {
          if (!isUserError(error)) throw error;
          throw new ResponseError(-32803, [error.message, error.hint ?? ''].join('\n').trim());
        }
      }, null),
    );
  }

  private locations(
    uri: string,
    position: Parameters<TextDocument['offsetAt']>[0],
    wanted: (place: Occurrence) => boolean,
  ) {
    const place = this.place(uri, position);
    const name = place && this.nameOf(place);
    if (place === undefined || name === undefined) return [];
    return occurrences(place.state.now(), name, this.openText).filter(wanted).map(locationOf);
  }

  private readonly openText: OpenText = (path) => this.files.at(path)?.getText();

  private nameOf({ state, document, path, offset }: Place) {
    return nameInFile(state.now(), { path, text: document.getText(), offset });
  }

  private place(uri: string, position: Parameters<TextDocument['offsetAt']>[0]): Place | undefined {
    const document = this.documents.get(uri);
    const path = pathOf(uri);
    const state = path === undefined ? undefined : this.stateOf(path);
    if (document === undefined || path === undefined || state === undefined) return undefined;
    if (document.getText().length > largestFile) return undefined;
    const { files } = state.now().location;
    const role = Object.entries(files).find(([, file]) => file === path)?.[0] as FileRole | undefined;
    const isJson = role !== undefined && ['definition', 'properties', 'config', 'settings'].includes(role);
    return { state, document, path, role: isJson ? role : undefined, offset: document.offsetAt(position) };
  }

  private stateOf(path: string): ConnectorState | undefined {
    const folder = connectorOf(path);
    if (folder === undefined) return undefined;
    const state = this.states.get(folder) ?? new ConnectorState(folder, this.files);
    this.states.set(folder, state);
    return state;
  }

  private changed(document: TextDocument, milliseconds: number): void {
    const path = this.files.open(document);
    const state = path === undefined ? undefined : this.stateOf(path);
    if (state !== undefined) this.check(state, milliseconds);
  }

  private check(state: ConnectorState, milliseconds: number): void {
    state.check(milliseconds, (path, diagnostics) => {
      const open = this.files.at(path);
      const about = open === undefined ? { uri: uriOf(path) } : { uri: open.uri, version: open.version };
      void this.connection.sendDiagnostics({ ...about, diagnostics });
    });
  }

  private closed(document: TextDocument): void {
    this.files.close(document.uri);
    const path = pathOf(document.uri);
    const state = path === undefined ? undefined : this.stateOf(path);
    // what was typed and not saved is gone: the file on the disk counts again
    if (state !== undefined) this.check(state, quiet);
  }
}

function locationOf({ path, text, offset, length }: Occurrence): Location {
  const document = TextDocument.create(uriOf(path), '', 0, text);
  return { uri: uriOf(path), range: { start: document.positionAt(offset), end: document.positionAt(offset + length) } };
}
