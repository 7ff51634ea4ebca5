import { action } from './action.ts';
import { agentTool } from './agent-tool.ts';
import { download } from './download.ts';
import { internal } from './internal.ts';
import type { KindOfOperation } from './kind.ts';
import { paging } from './paging.ts';
import { polling } from './polling.ts';
import { upload } from './upload.ts';
import { webhook } from './webhook.ts';

/** All kinds of operation, in the order in which people choose. A new one is a file here and a line. */
const registry = {
  action,
  paging,
  internal,
  webhook,
  polling,
  upload,
  download,
  'agent-tool': agentTool,
};

export type OperationKind = keyof typeof registry;

export const kindsOfOperation: Readonly<Record<OperationKind, KindOfOperation>> = registry;

export const operationKinds = Object.keys(registry) as readonly OperationKind[];
