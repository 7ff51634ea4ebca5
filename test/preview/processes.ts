import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Milliseconds that others get to notice that they are to end, and a pause between two looks. */
const patience = 10_000;
const pause = 200;

/**
 * Processes with one of these texts in their command line, once there is none any more or after a while; none where the
 * system doesn't show command lines.
 */
export async function processesLeft(texts: readonly string[]): Promise<string[]> {
  for (let waited = 0; waited < patience && processesWith(texts).length > 0; waited += pause) {
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
    });
  }
  return processesWith(texts);
}

function processesWith(texts: readonly string[]): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return texts.some((text) => line.includes(text)) ? [line.replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
}
