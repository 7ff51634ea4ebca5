import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'lsp',
  summary: 'serve editors, by the Language Server Protocol',
  group: 'check',
  order: 70,
  flags: [{ name: 'stdio', description: 'talk on stdin and stdout, which is the only way there is' }],
  examples: [['pp-connector lsp --stdio', 'what an editor starts: see the guide "editors" for its settings']],
  async run() {
    const { serveEditors } = await import('../../language-server/server.ts');
    await serveEditors();
    return 0;
  },
};
