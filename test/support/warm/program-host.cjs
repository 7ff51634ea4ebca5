/**
 * Runs the built program again and again in one process, as if each run were a process of its own: every run loads all
 * of the program's modules anew and has its own working folder, environment, listeners and exit status; it is over when
 * Node has nothing left to do. Only starting Node and compiling the program, which is what takes the time, is done once.
 *
 * Started by bridge.mjs with the path of the program; gets `{ args, cwd, env }`, answers `{ status, stdout, stderr }`.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, sep } = require('node:path');
const { Readable } = require('node:stream');
const { constants, Script } = require('node:vm');

const program = process.argv[2];
const ours = dirname(program) + sep;
const { chdir, cwd } = process;
const streams = { stdout: process.stdout, stderr: process.stderr };

/** @type {Map<string, InstanceType<typeof Script>>} */
const compiled = new Map();
const extensions = /** @type {any} */ (Module)._extensions;

/** Loads a module of the program without compiling it again. @param {any} module @param {string} filename */
function loadCompiled(module, filename) {
  if (!filename.startsWith(ours)) return extensions['.js'](module, filename);
  let script = compiled.get(filename);
  if (script === undefined) {
    const source = readFileSync(filename, 'utf8').replace(/^#!.*/, '');
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    script = new Script(Module.wrap(source), { filename, importModuleDynamically });
    compiled.set(filename, script);
  }
  const { exports } = module;
  const own = Module.createRequire(filename);
  const required = Object.assign((/** @type {string} */ id) => module.require(id), own);
  return script.runInThisContext().call(exports, exports, required, module, filename, dirname(filename));
}
extensions['.cjs'] = loadCompiled;

/** @param {Record<string, string | undefined>} env */
function replaceEnvironment(env) {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}

/** Each run finds its own standard input, which has already ended. */
function closeInput() {
  /** @type {Readable | undefined} */
  let input;
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    get() {
      input ??= Object.assign(Readable.from([]), { fd: 0 });
      return input;
    },
  });
}

const listeners = () =>
  [process, process.stdout, process.stderr].flatMap((/** @type {NodeJS.EventEmitter} */ emitter) =>
    emitter.eventNames().flatMap((name) => emitter.rawListeners(name).map((listener) => ({ emitter, name, listener }))),
  );

/** Takes away what a run has left: its listeners, those for the end called. @param {ReturnType<typeof listeners>} before */
function removeListeners(before) {
  for (const { emitter, name, listener } of listeners()) {
    if (before.some((one) => one.emitter === emitter && one.name === name && one.listener === listener)) continue;
    emitter.removeListener(name, /** @type {any} */ (listener));
    if (emitter === process && name === 'exit') listener.call(process, process.exitCode ?? 0);
  }
}

/** @param {{ args: string[], cwd: string, env: Record<string, string | undefined> }} request */
function run(request) {
  const printed = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    streams[name].write = (/** @type {string | Uint8Array} */ chunk, ...rest) => {
      printed[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      const done = rest.at(-1);
      if (typeof done === 'function') setImmediate(done);
      return true;
    };
  }
  const before = listeners();
  // the program's own way of not compiling again would only be in between
  replaceEnvironment({ ...request.env, NODE_DISABLE_COMPILE_CACHE: '1' });
  closeInput();
  chdir.call(process, request.cwd);
  process.exitCode = undefined;
  process.argv = [process.execPath, program, ...request.args];
  for (const path of Object.keys(require.cache)) if (path.startsWith(ours)) delete require.cache[path];
  const waiting = process.listenerCount('beforeExit');
  process.channel?.unref();
  // nothing is left to do: where a process of its own would end
  process.once('beforeExit', function ended() {
    // a question that nobody answers has its own listener, and goes on
    if (process.listenerCount('beforeExit') > waiting) {
      process.once('beforeExit', ended);
      return;
    }
    removeListeners(before);
    Object.assign(process, { chdir, cwd });
    process.channel?.ref();
    process.send?.({ status: process.exitCode ?? 0, ...printed });
    process.exitCode = 0;
  });
  require(program);
}

process.on('message', run);
// where a process of its own would print it and end
process.on('uncaughtException', ({ stack }) => {
  process.send?.({ status: 1, stdout: '', stderr: stack, crashed: true }, () => process.exit(1));
});
