/** Runs npm with the given words, for scripts that need its output: node scripts/npm.mjs exec … */
import { npm } from './support.mjs';

npm(process.argv.slice(2), process.cwd());
