import type { DiffFormat } from './formats.ts';

/** The contract for scripts: complete, in the order of the definition. */
export const diffJson: DiffFormat = ({ base, changes }) => {
  const list = changes.map(({ kind, breaking, operationId, pointer, message, reason }) => ({
    kind,
    breaking,
    operationId,
    pointer,
    message,
    reason,
  }));
  return `${JSON.stringify({ base, changes: list }, null, 2)}\n`;
};
