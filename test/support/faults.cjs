/**
 * Makes the operating system fail at one chosen call that changes files. Loaded by a test, or into the program under
 * test (`node --require faults.cjs`), told by the variable FAULT: `kill:3`, `ENOSPC:1`, `count:0`.
 *
 *   kill     the process ends there, without a word; within a test: nothing changes from there on
 *   ENOSPC   the disk is full from there on: nothing grows any more, and what is being written is cut off
 *   EACCES, EPERM, EIO, EROFS …   that call is refused, the later ones aren't
 *   count    nothing fails; FAULT_COUNT names a file that gets the number of calls
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { delimiter, sep } = require('node:path');

const changing = [
  'writeFileSync',
  'renameSync',
  'rmSync',
  'unlinkSync',
  'mkdirSync',
  'linkSync',
  'copyFileSync',
  'chmodSync',
];
const growing = new Set(['writeFileSync', 'mkdirSync', 'linkSync', 'copyFileSync']);

class Killed extends Error {}

/**
 * @param {{ kind: string, at: number, below: readonly string[], end?: () => void }} fault
 *   at: 1 is the first call; below: only calls for paths in these folders count; end: what `kill` does
 * @returns {{ calls: () => number, restore: () => void }}
 */
function install({ kind, at, below, end }) {
  let calls = 0;
  const originals = new Map(changing.map((name) => [name, fs[name]]));
  const refuse = (code, name, path) => {
    throw Object.assign(new Error(`${code}: ${name} '${path}'`), { code, path, syscall: name });
  };
  for (const [name, original] of originals) {
    fs[name] = (path, ...rest) => {
      const text = String(path);
      if (!below.some((folder) => text === folder || text.startsWith(folder + sep))) return original(path, ...rest);
      calls += 1;
      if (kind === 'kill' && calls >= at) {
        calls = at;
        end?.();
        throw new Killed(`killed at call ${at}`);
      }
      const isFull = kind === 'ENOSPC' && calls >= at && growing.has(name);
      if (isFull || (calls === at && !['count', 'ENOSPC'].includes(kind))) {
        if (isFull && name === 'writeFileSync') {
          const bytes = Buffer.from(rest[0]);
          original(path, bytes.subarray(0, Math.floor(bytes.length / 2)), ...rest.slice(1));
        }
        refuse(kind, name, text);
      }
      return original(path, ...rest);
    };
  }
  syncBuiltinESMExports();
  return {
    calls: () => calls,
    restore: () => {
      for (const [name, original] of originals) fs[name] = original;
      syncBuiltinESMExports();
    },
  };
}

module.exports = { install, Killed };

if (process.env.FAULT !== undefined) {
  const [kind, at] = process.env.FAULT.split(':');
  const { calls } = install({
    kind,
    at: Number(at),
    below: process.env.FAULT_BELOW.split(delimiter),
    end: () => process.kill(process.pid, 'SIGKILL'),
  });
  const report = process.env.FAULT_COUNT;
  if (report !== undefined) process.on('exit', () => fs.appendFileSync(report, String(calls())));
}
