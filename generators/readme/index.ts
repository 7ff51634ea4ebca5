import { requireReliable } from '../../src/connector/require-json.ts';
import { readmeQuestions } from '../../src/repository/questions/readme.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';

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
    const source = await this.openConnector();
    // documents of half a connector would lose what their author wrote about the other half
    for (const file of [source.definition, source.properties, source.config]) {
      if (file !== undefined) requireReliable(file);
    }
    const connector = this.planConnector(source, { insert: this.insert });
    await this.planCertification(connector);
  }
}
