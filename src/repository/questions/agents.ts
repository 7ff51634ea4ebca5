/** What `new` and `workspace` ask about agents, but for where the answer is found again. */
export const agentsQuestion = {
  type: 'select',
  message: 'Files for agents (AGENTS.md, and settings that connect them)',
  quiet: true,
  help: 'files for agents (AGENTS.md, .mcp.json, .vscode/mcp.json): all or none',
  value: 'WHICH',
  choices: ['all', 'none'],
  labels: { all: 'All: how to work here, and the tools for it', none: 'None' },
  default: () => 'all',
} as const;
