import { isPowerShell } from '../../operation/split-command-line.ts';
import type { PasteKind } from './question.ts';

/**
 * Whether what was pasted so far may be all of it: an open quotation or bracket, or a line that goes on, says that more
 * comes. What is no JSON and no command line, such as the name of a file, is complete.
 */
export function isComplete(kind: PasteKind, text: string): boolean {
  return kind === 'json' ? isCompleteJson(text) : isCompleteCommand(text);
}

function isCompleteJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** By the quoting of bash and PowerShell; in cmd only the end of the line tells. */
function isCompleteCommand(text: string): boolean {
  if (/[\\^`][ \t]*$/.test(text)) return false;
  if (/\^\r?\n/.test(text)) return true;
  const literal = isPowerShell(text) ? '`' : '\\';
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === literal && quote !== "'") at += 1;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
  }
  return quote === '';
}

/** What is left on the screen of it: no line of a command, which may hold a key. */
export function pastedTitle(kind: PasteKind, text: string): string {
  const lines = text.trim().split('\n').length;
  const size = lines === 1 ? '1 line' : `${lines} lines`;
  if (/^\s*[[{]/.test(text)) return `JSON (${size})`;
  return kind === 'curl' && /\s/.test(text.trim()) ? `curl (${size})` : text.trim();
}
