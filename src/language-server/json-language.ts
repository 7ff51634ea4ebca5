import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getLanguageService, type LanguageService } from 'vscode-json-languageservice';
import type { CompletionItem, Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileRole } from '../connector/source-file.ts';
import { packageRoot } from '../templates.ts';

/** The schemas that the package publishes, by the file that they are for. */
const schemaFiles: Partial<Record<FileRole, readonly string[]>> = {
  definition: ['dist', 'schemas', 'apiDefinition.schema.json'],
  properties: ['schemas', 'apiProperties.schema.json'],
  config: ['schemas', 'config.schema.json'],
  settings: ['schemas', 'settings.schema.json'],
};

/** What the published schemas say of keys and values: by the language service that editors have. */
export class JsonLanguage {
  private service: LanguageService | undefined;

  async completions(document: TextDocument, position: Position, role: FileRole): Promise<CompletionItem[]> {
    const service = this.serviceFor();
    const list = await service.doComplete(this.named(document, role), position, service.parseJSONDocument(document));
    return list?.items ?? [];
  }

  async hover(document: TextDocument, position: Position, role: FileRole): Promise<Hover | undefined> {
    const service = this.serviceFor();
    const hover = await service.doHover(this.named(document, role), position, service.parseJSONDocument(document));
    return hover ?? undefined;
  }

  /** The document under the name that its schema is for, wherever it lies. */
  private named(document: TextDocument, role: FileRole): TextDocument {
    return Object.create(document, { uri: { value: `connector:///${role}.json` } }) as TextDocument;
  }

  private serviceFor(): LanguageService {
    if (this.service !== undefined) return this.service;
    const service = getLanguageService({});
    service.configure({
      validate: false,
      schemas: Object.entries(schemaFiles).map(([role, parts]) => {
        const path = join(packageRoot, ...parts);
        return {
          uri: `${pathToFileURL(path).href}#${basename(path)}`,
          fileMatch: [`${role}.json`],
          schema: JSON.parse(readFileSync(path, 'utf8')) as object,
        };
      }),
    });
    this.service = service;
    return service;
  }
}
