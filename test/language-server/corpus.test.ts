import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { findConnector } from '../../src/connector/find.ts';
import { findConnectorFolders } from '../../src/connector/find-connectors.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { diagnosticsOf } from '../../src/language-server/diagnostics.ts';
import { OpenFiles, uriOf } from '../../src/language-server/open-files.ts';
import { startSession } from '../../src/rules/engine/validate-connector.ts';
import { corpus } from '../support/folders.ts';

const folders = ['connectors', 'connectors-2025']
  .map((name) => join(corpus, name))
  .filter((path) => existsSync(path))
  .flatMap((path) => findConnectorFolders(path));

const key = (line: number, column: number, rule: string, message: string): string =>
  `${line}:${column} ${rule} ${message}`;

(folders.length > 0 ? describe : describe.skip)('lsp: the corpus', function () {
  this.timeout(120_000);

  it('has the findings of validate as diagnostics, with the files open in an editor', async () => {
    expect(folders.length).to.be.above(50);
    for (const folder of folders) {
      const files = new OpenFiles();
      for (const path of Object.values(findConnector(folder).files)) {
        if (!path.endsWith('.json')) continue;
        const { definition, properties, settings } = loadConnector(folder);
        const file = [definition, properties, settings].find((known) => known?.path === path);
        if (file === undefined || file.bom || file.encoding !== 'utf-8') continue;
        files.open(TextDocument.create(uriOf(path), 'json', 1, file.text));
      }
      const options = { cwd: folder };
      const onDisk = loadConnector(folder);
      const expected = await startSession(onDisk, options).validate(onDisk);
      const typed = files.connector(folder);
      const byFile = diagnosticsOf(typed, await startSession(typed, options).validate(typed));
      const shown = [...byFile.values()]
        .flat()
        .map(({ range, code, message }) =>
          key(range.start.line + 1, range.start.character + 1, String(code), String(message)),
        );
      const wanted = expected.map(({ line, column, rule, message }) => key(line, column, rule, message));
      expect(shown.sort(), folder).to.deep.equal(wanted.sort());
    }
  });
});
