/** Asks recheck how the time of a regular expression grows with the length of a text. */
import { createRequire } from 'node:module';

const timeout = 10_000;
let check;

/**
 * In this process, by recheck's own JavaScript: its other backends need a process or Java.
 *
 * @param {string} source
 * @param {string} flags
 * @returns {string} `safe`, `unknown` after ten seconds, or for example `vulnerable: 2nd degree polynomial`
 */
export function checkExpression(source, flags) {
  check ??= createRequire(import.meta.url)('recheck/lib/browser.js').checkSync;
  const { status, complexity } = check(source, flags, { timeout });
  return status === 'vulnerable' ? `vulnerable: ${complexity.summary.replace(' (fuzz)', '')}` : status;
}
