import { agentFiles } from '../agent-files.ts';
import { targetOf } from '../static-files.ts';
import type { Migration } from '../update/migration.ts';

export const addAgentFiles: Migration = {
  id: 'agent-files',
  since: '0.2.0',
  summary: 'AGENTS.md and the settings of pp-connector mcp, for agents (without them: delete the files)',
  apply(draft, { template }) {
    for (const name of agentFiles) {
      const target = targetOf(name);
      if (draft.text(target) === undefined) draft.follow(target, template(name));
    }
    return [];
  },
};
