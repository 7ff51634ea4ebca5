#!/usr/bin/env node
import { Module } from 'node:module';
import { join, sep } from 'node:path';
import { expectRun } from '../process/run-length.ts';
import { openCompiledCode } from './compiled-code.ts';
import type { start } from './start.ts';

// a file of its own, as CommonJS; everything else is loaded by it
declare const require: NodeJS.Require;

/** Of the build: identifies all files that it has made. */
declare const BUILD: string;

// Node 22 and later keep what they compile themselves when they are asked to; older ones don't have this
(Module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// after Node's own modules, which it has compiled for the usual flags
expectRun('short');
// whoever still waits then is a server
setTimeout(expectRun, 3000, 'long').unref();

const dist = __dirname + sep;
const code = openCompiledCode({ dist, build: BUILD, command: process.argv[2] }, require);
const program = (code?.load ?? require)(join(dist, 'cli', 'start.cjs')) as { start: typeof start };
program.start().then((status) => {
  // of a run that was refused, the next one needs other functions
  if (status > 1) return;
  // V8 takes compiled code only for the flags that it was compiled with
  expectRun('short');
  code?.keep();
});
