/** The thread between a test, which waits, and the process that runs the program: see warm.ts. */
import { fork } from 'node:child_process';
import { openSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { program, host, answered, port } = workerData;
const signal = new Int32Array(answered);

/** Neither a file, nor a pipe, nor `/dev/null`, which the program writes to without the streams that its host listens at. */
const nowhere = process.platform === 'win32' ? 'ignore' : openSync('/dev/zero', 'r+');

/** After so many runs there is a new one: what earlier ones left in its memory goes. */
const runsOfAHost = 60;

/** @type {{ child: import('node:child_process').ChildProcess, runs: number } | undefined} */
let current;

function hostNow() {
  if (current === undefined) {
    const child = fork(host, [program], { stdio: [nowhere, nowhere, nowhere, 'ipc'], execArgv: [] });
    current = { child, runs: 0 };
  }
  current.runs += 1;
  return current;
}

/** @param {unknown} request @returns {Promise<{ status: number | null, stdout: string, stderr: string }>} */
function ask(request) {
  const own = hostNow();
  const { child } = own;
  return new Promise((resolve) => {
    const finish = (/** @type {any} */ result) => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit');
      if (result.crashed || own.runs >= runsOfAHost) {
        current = undefined;
        child.kill('SIGKILL');
      }
      resolve(result);
    };
    const timer = setTimeout(
      () => finish({ crashed: true, status: null, stdout: '', stderr: 'it did not end' }),
      60_000,
    );
    child.once('message', finish);
    child.once('exit', (status) => finish({ crashed: true, status, stdout: '', stderr: 'it was ended' }));
    child.send(/** @type {any} */ (request));
  });
}

port.on('message', async (/** @type {unknown} */ request) => {
  const { status, stdout, stderr } = await ask(request);
  port.postMessage({ status, stdout, stderr });
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
process.on('exit', () => current?.child.kill('SIGKILL'));
