import type { OperationKind } from '../model.ts';
import { action } from './action.ts';
import { agentTool } from './agent-tool.ts';
import { download } from './download.ts';
import { internal } from './internal.ts';
import type { KindOfOperation } from './kind.ts';
import { paging } from './paging.ts';
import { polling } from './polling.ts';
import { upload } from './upload.ts';
import { webhook } from './webhook.ts';

/** All kinds of operation, in the order in which people choose. */
export const kindsOfOperation: Readonly<Record<OperationKind, KindOfOperation>> = {
  action,
  paging,
  internal,
  webhook,
  polling,
  upload,
  download,
  'agent-tool': agentTool,
};
