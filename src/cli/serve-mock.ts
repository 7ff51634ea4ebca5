import { stopped } from '../process/stop-signal.ts';
import { declaredAddress } from '../runtime/operation.ts';
import { onOneLine } from '../shown.ts';
import type { TestFile } from '../test-cases/model.ts';
import { answersOfTests } from '../test-cases/serve/answers-of-tests.ts';
import { startMockServer } from '../test-cases/serve/server.ts';
import { MockService } from '../test-cases/serve/service.ts';
import type { Subject } from '../test-cases/subject.ts';
import type { Context, Flags } from './command.ts';
import { portFlag } from './port.ts';
import { originsOf } from './serve-flags.ts';

/**
 * Serves until Ctrl-C.
 *
 * @param files tests whose recordings are answered
 * @returns the exit status
 * @throws UserError when the port is taken
 */
export async function serveMock(
  subject: Subject,
  files: readonly TestFile[],
  { out, err }: Pick<Context, 'out' | 'err'>,
  flags: Flags,
): Promise<number> {
  const service = new MockService(subject, {
    seed: flags.text('seed') ?? '1',
    recorded: answersOfTests(files, subject.root),
    eventsTo: originsOf(flags),
  });
  const server = await startMockServer(service, {
    port: portFlag('serve', flags) ?? 0,
    host: declaredAddress(subject.definition).host,
    onRequest: (line) => err(`${onOneLine(line)}\n`),
  });
  // whoever reads the address may end it at once
  const ended = stopped();
  out(`${server.origin}\n`);
  err(`Answers for the API of the connector. Ctrl-C ends it, and what it remembers.\n`);
  await ended;
  await server.close();
  return 0;
}
