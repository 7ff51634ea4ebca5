#!/usr/bin/env node
import module from 'node:module';
import { join } from 'node:path';
import { useCompiledCode } from './compiled-code.ts';
import { main } from './main.ts';

// Node 22 and later keep compiled code between runs when they are asked to
const { enableCompileCache } = module as { enableCompileCache?: () => unknown };
const isOurs = enableCompileCache === undefined && !process.env.NODE_DISABLE_COMPILE_CACHE;
const keepCompiledCode = isOurs ? useCompiledCode(join(__dirname, 'cli')) : undefined;
enableCompileCache?.();

// a reader that closes the pipe early (`| head`) is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

// the status is set, not forced: what is still on its way to a pipe gets there
main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
  // of a run that was refused, the next one needs other functions
  if (status < 2) keepCompiledCode?.();
});
