import { styleText } from 'node:util';
import {
  createPrompt,
  isBackspaceKey,
  isEnterKey,
  makeTheme,
  useEffect,
  useKeypress,
  usePrefix,
  useRef,
  useState,
} from '@inquirer/core';
import { isComplete, pastedTitle } from './pasted.ts';
import type { PasteKind } from './question.ts';

export interface PastePromptConfig {
  message: string;
  paste: PasteKind;
  default?: string;
  /** `true`, or what is wrong with the text. */
  validate?: (text: string) => true | string;
}

/** The stream of a prompt, which is mute except while a prompt writes. */
interface Output {
  mute: () => void;
  unmute: () => void;
  write: (text: string) => unknown;
}

function write(output: Output, text: string): void {
  output.unmute();
  output.write(text);
  output.mute();
}

/** How terminals are asked to say where a paste begins and ends; those that can't ignore it. */
const bracketed = { on: '\u001B[?2004h', off: '\u001B[?2004l' };
/** For as long as the prompt is there. */
function useBrackets(): void {
  useEffect((line) => {
    const { output } = line as unknown as { output: Output };
    write(output, bracketed.on);
    return () => write(output, bracketed.off);
  }, []);
}

const linesShown = 4;
const help = `  ${styleText('dim', 'paste it, or type the name of a file; enter: go on; escape: begin again')}`;

/**
 * A text that may have several lines, as it is in the clipboard. A line that leaves something open goes on in the next
 * one, so that also terminals do that hand a paste over as if it was typed; an empty line ends it in any case.
 */
export const pastePrompt = createPrompt<string, PastePromptConfig>((config, done) => {
  const { message, paste } = config;
  const theme = makeTheme();
  const [isDone, finish] = useState(false);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const prefix = usePrefix({ status: isDone ? 'done' : 'idle', theme });
  const state = useRef({ isPasting: false, pasted: '', last: '' });

  useBrackets();

  const end = (): void => {
    const value = text.trim() || (config.default ?? '');
    const verdict = config.validate?.(value) ?? true;
    if (verdict !== true) {
      setProblem(verdict);
      // of one line a letter may be wrong; several are pasted again
      if (text.includes('\n')) setText('');
      return;
    }
    setText(value);
    finish(true);
    done(value);
  };

  useKeypress((key, line) => {
    const { current } = state;
    const name = String(key.name);
    // the second half of CR LF
    const isSecondHalf = name === 'enter' && current.last === 'return';
    current.last = name;
    if (name === 'paste-start' || name === 'paste-end') {
      current.isPasting = name === 'paste-start';
      if (!current.isPasting) setText(text + current.pasted);
      current.pasted = '';
      return;
    }
    if (isSecondHalf) return;
    const typed = line.line;
    line.clearLine(0);
    if (current.isPasting) {
      // shown when all of it is there: every change of the state draws the screen
      current.pasted += isEnterKey(key) ? '\n' : typed;
      return;
    }
    if (isEnterKey(key)) return isComplete(paste, text) || text.endsWith('\n') ? end() : setText(`${text}\n`);
    setProblem('');
    if (name === 'escape') setText('');
    else if (isBackspaceKey(key)) setText(text.slice(0, -1));
    else if (typed !== '') setText(text + typed);
  });

  const question = `${prefix} ${theme.style.message(message, isDone ? 'done' : 'idle')}`;
  if (isDone) return `${question} ${theme.style.answer(text === '' ? '(none)' : pastedTitle(paste, text))}`;
  return [
    [question, ...linesOf(text)].join('\n'),
    [...(problem === '' ? [] : [theme.style.error(problem)]), help].join('\n'),
  ];
});

/** The last lines, and how many are above them. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const hidden = lines.length - linesShown;
  const shown = lines.slice(-linesShown).map((line) => (line.length > 72 ? `…${line.slice(-70)}` : line));
  const above = hidden > 0 ? [`  ${styleText('dim', `(${hidden} more lines)`)}`] : [];
  return [...above, ...shown.map((line) => `  ${line}`)];
}
