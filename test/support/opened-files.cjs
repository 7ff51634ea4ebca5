/**
 * Notes which files a program opens, beside the modules that Node loads: `node --require opened-files.cjs`, which writes
 * one path per line to the file that the variable OPENED_FILES names, when the program ends.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const paths = [];
for (const api of [fs, fs.promises]) {
  for (const name of ['readFileSync', 'openSync', 'readFile', 'open', 'createReadStream']) {
    const original = api[name];
    if (original === undefined) continue;
    api[name] = (path, ...rest) => {
      if (typeof path === 'string') paths.push(path);
      return original.call(api, path, ...rest);
    };
  }
}
syncBuiltinESMExports();
const { appendFileSync } = fs;
process.on('exit', () => appendFileSync(process.env.OPENED_FILES, paths.map((path) => `${path}\n`).join('')));
