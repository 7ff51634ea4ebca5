import { certificationPage } from '../../src/certification/page.ts';
import { profileOf } from '../../src/connector/profile.ts';
import { documentFiles } from '../../src/docs/document-files.ts';
import { addDocuments } from '../../src/repository/add-documents.ts';
import { readmeQuestions } from '../../src/repository/questions/readme.ts';
import { validateConnector } from '../../src/rules/engine/validate-connector.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';
import { documentTemplates } from '../shared.ts';

/** Writes README.md, INTRO.md and docs/certification.md, or brings their generated parts up to date; the author's prose stays. */
export default class ReadmeGenerator extends ConnectorGenerator {
  private insert = false;

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.declare(readmeQuestions);
  }

  async initializing(): Promise<void> {
    this.insert = (await this.given(readmeQuestions)).insert === true;
  }

  async writing(): Promise<void> {
    const connector = await this.openConnector();
    const documents = documentFiles(connector, {
      profile: profileOf(connector),
      templates: documentTemplates(),
      insert: this.insert,
    });
    this.plan([...documents].map(([path, contents]) => ({ path, contents, kind: 'edited' })));
    const documented = addDocuments(connector, documents);
    this.plan(certificationPage(documented, await validateConnector(documented, '.', { cwd: this.root })));
  }
}
