#!/usr/bin/env node
import { Module } from 'node:module';
import { join, sep } from 'node:path';
import { nodeProblem } from '../process/node-version.ts';
import { expectRun } from '../process/run-length.ts';
import { openCompiledCode } from './compiled-code.ts';
import type { start } from './start.ts';

// a file of its own, as CommonJS; everything else is loaded by it
declare const require: NodeJS.Require;

/** Of the build: identifies all files that it has made. */
declare const BUILD: string;

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`error: ${problem}\n`);
  process.exit(2);
}

// Node 22 and later keep what they compile themselves when they are asked to; older ones don't have this
(Module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const dist = __dirname + sep;
const [, , command] = process.argv;
// the version and the help are there sooner than V8 could learn it
if (command !== undefined && !command.startsWith('-')) {
  expectRun('short');
  // whoever still waits then is a server
  setTimeout(expectRun, 3000, 'long').unref();
}
const code = openCompiledCode({ dist, build: BUILD, command }, require);
const program = (code?.load ?? require)(join(dist, 'cli', 'start.cjs')) as { start: typeof start };
program.start().then((status) => {
  // of a run that was refused, the next one needs other functions
  if (status > 1 || code === undefined) return;
  // V8 takes compiled code only for the flags that it was compiled with
  expectRun('short');
  code.keep();
});
