import { main } from './main.ts';
import { endWith, writeAtOnce } from './screen.ts';

/**
 * Runs the command line of this process.
 *
 * @returns the status that the process will end with: it is set, not forced, so that what is still on its way to a pipe
 * gets there
 */
export async function start(): Promise<number> {
  writeAtOnce();
  const status = await main(process.argv.slice(2));
  endWith(status);
  return status;
}
