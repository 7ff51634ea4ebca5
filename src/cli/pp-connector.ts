#!/usr/bin/env node
import module from 'node:module';
import { main } from './main.ts';

// Node 22 and later keep compiled code between runs when they are asked to; older ones don't have this
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// a reader that closes the pipe early (`| head`) is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

// the status is set, not forced: what is still on its way to a pipe gets there
main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
