import { listGuides, readGuide } from '../../guides/guides.ts';
import { onTerminal } from '../../guides/markdown-on-terminal.ts';
import type { CommandSpec } from '../command.ts';

/** Longer lines are hard to read. */
const widest = 100;

export const command: CommandSpec = {
  name: 'guide',
  summary: 'read a guide, from the first connector to certification',
  group: 'make',
  order: 80,
  positionals: [{ name: 'name', description: 'which one (default: the list of all)' }],
  flags: [],
  formats: ['text', 'markdown'],
  examples: [
    ['pp-connector guide', 'the guides that there are'],
    ['pp-connector guide first-connector', 'from an empty folder to a connector in an environment'],
    ['pp-connector guide import --format markdown', 'as it is written, for a file or a pager'],
  ],
  async run(context, [name]) {
    if (name === undefined) {
      const guides = listGuides();
      const width = Math.max(...guides.map((guide) => guide.name.length));
      const lines = guides.map((guide) => `  ${guide.name.padEnd(width)}  ${guide.title}\n`);
      context.out(`${lines.join('')}\nRead one with: pp-connector guide ${guides[0]?.name}\n`);
      return 0;
    }
    const markdown = readGuide(name);
    const width = Math.min(process.stdout.columns ?? widest, widest);
    context.out(context.format === 'markdown' ? markdown : await onTerminal(markdown, { color: context.color, width }));
    return 0;
  },
};
