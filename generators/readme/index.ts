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
    const connector = this.planConnector(await this.openConnector(), { insert: this.insert });
    await this.planCertification(connector);
  }
}
