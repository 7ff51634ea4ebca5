/**
 * node talk.mjs INPUT UNTIL PROGRAM WORDS…: says what is in a file to a program that serves on stdin and stdout, and prints
 * its answers, until one of them has a text. Both run on the same system: pipes of Linux don't reach Windows' Node.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [input = '', until = '', ...words] = process.argv.slice(2);
const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
const timer = setTimeout(() => child.kill(), 60_000);
let said = '';
child.stdout.on('data', (chunk) => {
  said += chunk;
  if (said.includes(until)) child.stdin.end();
});
child.stdin.write(readFileSync(input));
child.on('exit', (status) => {
  clearTimeout(timer);
  process.stdout.write(said);
  process.exitCode = status ?? 1;
});
