import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { buildOnce, type CliOptions, type CliResult, program, userEnvironment } from '../cli.ts';
import { checkout } from '../folders.ts';

const here = import.meta.dirname;

interface Bridge {
  port: MessagePort;
  signal: Int32Array;
}

/** This module may be loaded twice, as CommonJS and as an ES module: both have the same process. */
const shared = globalThis as { warmProgram?: Bridge };

function bridgeNow(): Bridge {
  let bridge = shared.warmProgram;
  if (bridge === undefined) {
    buildOnce();
    const answered = new SharedArrayBuffer(4);
    const { port1: port, port2: far } = new MessageChannel();
    const workerData = { program, host: join(here, 'program-host.cjs'), answered, port: far };
    new Worker(join(here, 'bridge.mjs'), { workerData, transferList: [far], execArgv: [] }).unref();
    port.unref();
    bridge = { port, signal: new Int32Array(answered) };
    shared.warmProgram = bridge;
  }
  return bridge;
}

/**
 * Runs the built executable like `cli`, in a fraction of the time: in a process that has run it before. For tests of what
 * commands do one after the other; those of starting, ending and being killed take `cli`.
 */
export function warmCli(
  args: readonly string[],
  { cwd = checkout, env = {} }: Pick<CliOptions, 'cwd' | 'env'> = {},
): CliResult {
  const { port, signal } = bridgeNow();
  Atomics.store(signal, 0, 0);
  port.postMessage({ args, cwd, env: userEnvironment(env) });
  Atomics.wait(signal, 0, 0);
  const answer = receiveMessageOnPort(port) as { message: CliResult } | undefined;
  if (answer === undefined) throw new Error('the program has not answered');
  return answer.message;
}
