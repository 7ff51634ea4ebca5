/** Command lines as people copy them out of documentation, terminals and browsers. */

/** Whether lines go on, or letters are taken literally, by the backtick of PowerShell. */
export const isPowerShell = (text: string): boolean =>
  text.trim().split('\n').some(goesOn) || (/\bcurl\.exe\b/i.test(text) && /`["'$`{}]/.test(text));

/** Not the fence of Markdown. */
function goesOn(line: string): boolean {
  const end = line.trimEnd();
  return end.endsWith('`') && !end.endsWith('``');
}

/** The words of a command line, by the quoting of bash, of PowerShell, or of Windows' cmd where lines end in a caret. */
export function splitCommandLine(text: string): string[] {
  if (isPowerShell(text)) return splitPowerShell(text);
  if (/\\[ \t]*\r?\n/.test(text)) return splitBash(text);
  const isCmd = /\^\s*\r?\n/.test(text) || /^\s*curl(\.exe)?\b[^']*\\"/i.test(text) || /\^["&|<>%]/.test(text);
  return isCmd ? splitCmd(text) : splitBash(text);
}

function splitBash(text: string): string[] {
  const words: string[] = [];
  const token =
    /\$'((?:[^'\\]|\\[\s\S])*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([ \t]*\r?\n)|\\([\s\S])|(\s+)|([^\s'"\\]+)/g;
  let word: string | undefined;
  for (const [, ansi, single, double, newline, escaped, blank, plain] of text.trim().matchAll(token)) {
    if (blank !== undefined || newline !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const part =
      ansi !== undefined
        ? readAnsi(ansi)
        : (single ?? double?.replaceAll(/\\(["\\$`]|\r?\n)/g, '$1') ?? escaped ?? plain ?? '');
    word = (word ?? '') + part;
  }
  return word === undefined ? words : [...words, word];
}

const readAnsi = (text: string): string =>
  text.replaceAll(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])/g, (_, code: string) => {
    if (/^[ux]../.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { n: '\n', t: '\t', r: '\r' }[code] ?? code;
  });

function splitCmd(text: string): string[] {
  // a caret takes the next character literally, also the end of a line
  const line = text
    .trim()
    .replaceAll(/\^(\r?\n)/g, ' ')
    .replaceAll(/\^([\s\S])/g, '$1');
  const words: string[] = [];
  for (const [match] of line.matchAll(/(?:"(?:\\.|""|[^"\\])*"|[^\s"]+)+/g)) {
    words.push(
      match.replaceAll(/"((?:\\.|""|[^"\\])*)"/g, (_, inner: string) =>
        inner.replaceAll(/\\(["\\])|""/g, (_all, char?: string) => char ?? '"'),
      ),
    );
  }
  return words;
}

function splitPowerShell(text: string): string[] {
  const words: string[] = [];
  const token = /'((?:[^']|'')*)'|"((?:[^"`]|`[\s\S]|"")*)"|`([ \t]*\r?\n)|`([\s\S])|(\s+)|([^\s'"`]+)/g;
  let word: string | undefined;
  const end = (): void => {
    if (word !== undefined) words.push(asOldOnesPass(word));
    word = undefined;
  };
  for (const [, single, double, newline, escaped, blank, plain] of text.trim().matchAll(token)) {
    if (blank !== undefined || newline !== undefined) end();
    else {
      const inner = double?.replaceAll(/`([\s\S])|""/g, (_, char?: string) =>
        char === undefined ? '"' : backtick(char),
      );
      word = (word ?? '') + (single?.replaceAll("''", "'") ?? inner ?? escaped ?? plain ?? '');
    }
  }
  end();
  return words;
}

const backtick = (char: string): string => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char;

/** Windows PowerShell hands quotes on only with a backslash, which whoever wrote JSON for it has put there. */
function asOldOnesPass(word: string): string {
  if (!/^\s*[[{]/.test(word) || !word.includes('\\"')) return word;
  try {
    JSON.parse(word);
    return word;
  } catch {
    return word.replaceAll('\\"', '"');
  }
}
