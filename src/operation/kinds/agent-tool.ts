import { UserError } from '../../errors.ts';
import { standardTexts } from '../standard-texts.ts';
import type { KindOfOperation } from './kind.ts';

/** A server of the Model Context Protocol behind one POST (docs/reference/openapi-extensions.md#agents). */
export const agentTool: KindOfOperation = {
  title: 'Tool for agents: an MCP server',
  method: 'post',
  summary: (id) =>
    id === 'InvokeServer' ? standardTexts.invokeServer : `Invoke MCP server ${id.replace(/^Invoke/, '')}`.trim(),
  description: () => standardTexts.serverRequests,
  prepare(operation) {
    if (operation.method?.toLowerCase() !== 'post') {
      throw new UserError(`--method ${operation.method}: an MCP server is called by POST`, {
        hint: 'leave --method out',
      });
    }
    return operation;
  },
  additionalKeys: () => ({ operation: { 'x-ms-agentic-protocol': 'mcp-streamable-1.0' } }),
};
