import { networkSend } from '../runtime/network.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { Send } from '../runtime/send.ts';
import type { RunContext } from '../test-cases/case-options.ts';
import { runLiveCase } from '../test-cases/live-case.ts';
import type { RunCase } from '../test-cases/run-files.ts';
import type { Subject } from '../test-cases/subject.ts';
import type { Context, Flags } from './command.ts';
import { originOf } from './origin.ts';
import { connectionOfRun } from './run-connection.ts';

/** What `test --record` and `test --live` ask: the real API, with the connection that `invoke` would use. */
export interface RealApi {
  live: NonNullable<RunContext['live']>;
  send: Send;
}

/** Milliseconds that an answer may take. */
const longest = 100_000;

/** @throws UserError for a connection that isn't complete, and for an origin that is none */
export async function realApi(subject: Subject, context: Context, flags: Flags): Promise<RealApi> {
  const sendTo = originOf(flags.text('send-to'));
  const send = networkSend({ timeout: longest, sendTo });
  const { connector, definition, inner, root } = subject;
  const runnable = { folder: root, connector, definition, inner, root };
  const { connection } = await connectionOfRun(runnable, send, context, flags);
  return { send, live: { connectionFor: () => connection, secrets: new Secrets(connection.secrets), sendTo } };
}

/** How `--live` runs a case. @throws UserError as `realApi` */
export async function liveRunner(subject: Subject, context: Context, flags: Flags): Promise<RunCase> {
  const { live, send } = await realApi(subject, context, flags);
  return (file, test, run) => runLiveCase(file, test, { context: { ...run, live }, send, mayChange: flags.on('yes') });
}
