#!/usr/bin/env node
import { Module } from 'node:module';
import { main } from './main.ts';
import { endWith } from './screen.ts';

// Node 22 and later keep compiled code between runs when they are asked to; older ones don't have this
(Module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// the status is set, not forced: what is still on its way to a pipe gets there
main(process.argv.slice(2)).then(endWith);
