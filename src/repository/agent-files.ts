import { targetOf } from './static-files.ts';

/** What tells agents how to work in a repository, and connects their programs to `pp-connector mcp`: templates. */
export const agentFiles = ['AGENTS.md', '_mcp.json', '_vscode/mcp.json'] as const;

/** Whether a repository has any of them. @param has whether the repository has a file */
export const hasAgentFiles = (has: (name: string) => boolean): boolean =>
  agentFiles.some((template) => has(targetOf(template)));
