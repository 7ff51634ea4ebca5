import type { RunPolicy } from '../policy-context.ts';

export const runSetUnauthenticated: RunPolicy = (message, context) => {
  if (message.kind !== 'answer' || message.status !== Number(context.text('statusCode'))) return;
  context.note = `the status ${message.status} marks the connection as broken: users are asked to sign in again`;
};
