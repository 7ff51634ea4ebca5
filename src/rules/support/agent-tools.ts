import { getOwn } from '../../connector/json/value.ts';
import type { Operation } from '../engine/model.ts';

/** Calls of MCP servers, which Copilot Studio offers to agents: docs/reference/openapi-extensions.md#agents. */

export const agentProtocol = 'x-ms-agentic-protocol';

/** Whether an operation is a tool for agents: what it takes and answers, its server tells them. */
export const isAgentTool = (operation: Operation): boolean => getOwn(operation.value, agentProtocol) !== undefined;
