import { styleText } from 'node:util';
import {
  createPrompt,
  isBackspaceKey,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  makeTheme,
  useKeypress,
  usePagination,
  usePrefix,
  useState,
} from '@inquirer/core';
import type { PromptChoice, Tally } from './prompts.ts';

export interface PartPromptConfig {
  message: string;
  choices: readonly PromptChoice[];
  tally?: Tally;
}

const pageSize = 12;
const help = `  ${styleText('dim', 'space: choose; type to search, escape: all again; enter: go on')}`;

/**
 * Several of many choices: what is typed narrows the list, the space bar chooses, and a line below says what is chosen
 * so far.
 */
export const partPrompt = createPrompt<string[], PartPromptConfig>(({ message, choices, tally }, done) => {
  const theme = makeTheme();
  const [isDone, finish] = useState(false);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [position, setPosition] = useState(0);
  const [problem, setProblem] = useState('');
  const prefix = usePrefix({ status: isDone ? 'done' : 'idle', theme });
  const wanted = search.toLowerCase();
  const shown = choices.filter(({ name }) => name.toLowerCase().includes(wanted));
  const active = Math.min(position, Math.max(0, shown.length - 1));

  useKeypress((key, line) => {
    // what is typed is kept here: the line of the terminal would also hold the space bar
    const typed = line.line;
    line.clearLine(0);
    const toggled = shown[active]?.value;
    if (isEnterKey(key)) {
      const inOrder = choices.map(({ value }) => value).filter((value) => chosen.includes(value));
      const verdict = tally?.check(inOrder) ?? true;
      if (verdict !== true) return setProblem(verdict);
      finish(true);
      return done(inOrder);
    }
    setProblem('');
    if (isUpKey(key)) setPosition(Math.max(0, active - 1));
    else if (isDownKey(key)) setPosition(Math.min(shown.length - 1, active + 1));
    else if (isSpaceKey(key)) {
      if (toggled === undefined) return;
      setChosen(chosen.includes(toggled) ? chosen.filter((value) => value !== toggled) : [...chosen, toggled]);
    } else if (key.name === 'escape') setSearch('');
    else if (isBackspaceKey(key)) setSearch(search.slice(0, -1));
    else if (/^[\x21-\x7E\u00A1-\uFFFF]+$/.test(typed)) {
      setSearch(search + typed);
      setPosition(0);
    }
  });

  const page = usePagination({
    items: shown,
    active,
    pageSize,
    loop: false,
    renderItem: ({ item, isActive }) => {
      const text = choiceText(item, isActive, chosen.includes(item.value));
      return isActive ? theme.style.highlight(text) : text;
    },
  });
  const question = `${prefix} ${theme.style.message(message, isDone ? 'done' : 'idle')}`;
  const sum = tally?.describe(chosen) ?? `${chosen.length} chosen`;
  if (isDone) return `${question} ${theme.style.answer(chosen.length === 0 ? 'all' : chosen.join(', '))}`;
  return [
    question,
    ...(search === '' ? [] : [`  Search: ${theme.style.answer(search)}`]),
    shown.length === 0 ? '  (nothing has this in its name)' : page,
    ...['', `  ${sum}`, ...(problem === '' ? [] : [theme.style.error(problem)]), help],
  ].join('\n');
});

const choiceText = ({ name }: PromptChoice, isActive: boolean, isChosen: boolean): string =>
  `${isActive ? '❯' : ' '}${isChosen ? styleText('green', '◉') : '◯'} ${name}`;
