/**
 * A program at a terminal of its own, driven by keys: for what is asked only there. The terminal is that of `script`, which
 * Linux and macOS have; Windows has none.
 */
import { spawn, spawnSync } from 'node:child_process';

const columns = 120;
/** Milliseconds that a program may take for one screen. */
const patience = 30_000;

export const keys = { enter: '\r', down: '\x1b[B', up: '\x1b[A', space: ' ', cancel: '\x03' };

/** Arguments of `script`, which takes a command in two ways. @param {string} command of a shell */
const wordsFor = (command) =>
  process.platform === 'linux' ? ['-qec', command, '/dev/null'] : ['-q', '/dev/null', 'sh', '-c', command];

/** Tried out: some refuse to run where their own input is no terminal. */
export const hasTerminal = (() => {
  if (process.platform === 'win32') return false;
  const { status, stdout } = spawnSync('script', wordsFor('test -t 0 && echo yes'), { input: '', encoding: 'utf8' });
  return status === 0 && stdout.includes('yes');
})();

export class Terminal {
  /** What was printed since the last keys, without what moves and colours. */
  screen = '';
  /** Everything that was printed. */
  whole = '';
  #status = /** @type {number | null | undefined} */ (undefined);
  #changed = () => {};

  /** @param {string} program @param {readonly string[]} args @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options */
  constructor(program, args, { cwd, env = process.env }) {
    const line = [program, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const inside = `stty cols ${columns} rows 40; exec ${line}`;
    // nothing is asked where CI is set
    const { CI: _, ...rest } = env;
    this.child = spawn('script', wordsFor(inside), { cwd, env: { ...rest, TERM: 'xterm', SHELL: '/bin/sh' } });
    this.child.stdout.setEncoding('utf8').on('data', (text) => this.#print(text));
    this.child.on('close', (status) => {
      this.#status = status;
      this.#changed();
    });
  }

  /** @param {string} text */
  #print(text) {
    const plain = text.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]|\r/g, '');
    this.screen += plain;
    this.whole += plain;
    this.#changed();
  }

  /**
   * Waits for a question, and answers it.
   *
   * @param {RegExp} question
   * @param {readonly string[]} answer keys, one after the other
   * @throws when it doesn't come
   */
  async answer(question, ...answer) {
    await this.#until(() => question.test(this.screen), String(question));
    this.screen = '';
    for (const key of answer) this.child.stdin.write(key);
  }

  /** Waits for the end. @returns {Promise<{ status: number | null, screen: string }>} the last screen */
  async end() {
    await this.#until(() => this.#status !== undefined, 'the end');
    return { status: this.#status ?? null, screen: this.screen };
  }

  /** @param {() => boolean} holds @param {string} what */
  async #until(holds, what) {
    const limit = Date.now() + patience;
    while (!holds()) {
      const left = limit - Date.now();
      if (left <= 0 || (this.#status !== undefined && what !== 'the end')) {
        this.child.kill();
        throw new Error(`at the terminal, ${what} did not come; there was:\n${this.whole}`);
      }
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve(undefined);
        };
      });
    }
  }
}
