import { resolve } from 'node:path';
import type { CommandSpec } from '../command.ts';

/** What a tool does only when the person who starts the server says so. */
const permissions = ['invoke', 'scripts'] as const;

export const command: CommandSpec = {
  name: 'mcp',
  summary: 'serve agents, by the Model Context Protocol',
  group: 'check',
  order: 60,
  flags: [
    {
      name: 'root',
      value: 'DIR',
      description: 'the folder that no tool leaves, links followed (default: the current folder)',
    },
    { name: 'read-only', description: 'offer only what changes no file' },
    {
      name: 'allow',
      value: 'WHAT',
      many: true,
      description: 'also let agents ask the API (invoke), or run the code of the connector (scripts); repeatable',
      choices: permissions,
    },
  ],
  examples: [
    ['pp-connector mcp --root .', 'what an agent starts: see the guide "agents" for its settings'],
    ['pp-connector mcp --read-only', 'look, but change nothing'],
    ['pp-connector mcp --allow invoke', 'operations may be sent, with the connection of the environment'],
  ],
  async run(context, _, flags) {
    const { serveAgents } = await import('../mcp/server.ts');
    const allowed = flags.list('allow');
    await serveAgents({
      root: resolve(context.cwd, flags.text('root') ?? '.'),
      readOnly: flags.on('read-only'),
      invoke: allowed.includes('invoke'),
      scripts: allowed.includes('scripts'),
    });
    return 0;
  },
};
