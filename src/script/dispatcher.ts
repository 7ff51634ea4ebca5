import { UserError } from '../errors.ts';
import { blankNonCode, closingBrace } from './blank-non-code.ts';
import { escaped, isUnchangedHandler, methodName, operationNames } from './patterns.ts';
import { scriptPatterns } from './script-pattern.ts';

/**
 * The parts of a script.csx that are ours: in ExecuteAsync a region that calls the handler of an operation, after it
 * one region per handler. Everything else is the author's. The text has LF.
 */

const begin = (name: string): string => `// pp-connector:begin ${escaped(name)}`;
const end = (name: string): string => `// pp-connector:end ${escaped(name)}`;
const label = (id: string): string => `case "${escaped(id)}":`;

const dispatchName = 'dispatch';
const namesName = 'operation names';

interface Region {
  /** Offset of the first line's first character, and after the last line's end. */
  start: number;
  stop: number;
  indent: string;
  /** The lines between the markers. */
  lines: string[];
}

function findRegion(text: string, name: string): Region | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() === begin(name));
  const last = lines.findIndex((line) => line.trim() === end(name));
  if (first < 0 && last < 0) return undefined;
  if (first < 0 || last < first) {
    throw new UserError(`script.csx: the lines "${begin(name)}" and "${end(name)}" don't form a pair`, {
      hint: 'put the missing one back, or remove both with what is between them',
    });
  }
  const offset = (line: number): number => lines.slice(0, line).join('\n').length + (line === 0 ? 0 : 1);
  return {
    start: offset(first),
    stop: offset(last) + (lines[last] ?? '').length + 1,
    indent: /^\s*/.exec(lines[first] ?? '')?.[0] ?? '',
    lines: lines.slice(first + 1, last),
  };
}

const indented = (code: string, indent: string): string =>
  code
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');

const outdented = (lines: readonly string[], indent: string): string =>
  lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');

const regionText = (name: string, code: string, indent: string): string =>
  `${indent}${begin(name)}\n${indented(code, indent)}\n${indent}${end(name)}\n`;

/** Whether the script hands this operation to a handler. */
const isRouted = (text: string, id: string): boolean =>
  findRegion(text, dispatchName)?.lines.some((line) => line.trim() === label(id)) === true;

/** Adds the call and the handler of an operation. What is there already stays as it is. */
export function addHandler(text: string, id: string, code: string): string {
  const dispatched = addCase(text, id);
  const withNames =
    findRegion(dispatched, namesName) === undefined ? addMember(dispatched, namesName, operationNames()) : dispatched;
  return findRegion(withNames, id) === undefined ? addMember(withNames, id, code) : withNames;
}

function addCase(text: string, id: string): string {
  if (isRouted(text, id)) return text;
  const script = readScript(text);
  const wait = script.isAsync ? `await this.${methodName(id)}().ConfigureAwait(false)` : `this.${methodName(id)}()`;
  const lines = [`        ${label(id)}`, `            return ${wait};`];
  const region = findRegion(text, dispatchName);
  if (region === undefined) {
    const code = [
      'foreach (var name in this.OperationNames())',
      '{',
      '    switch (name)',
      '    {',
      ...lines,
      '    }',
      '}',
    ];
    const indent = script.bodyIndent;
    const at = script.insertAt;
    return `${text.slice(0, at)}${regionText(dispatchName, code.join('\n'), indent)}\n${text.slice(at)}`;
  }
  const close = region.lines.findLastIndex((line) => line.trim() === '}');
  const inner = region.lines.slice(0, close).findLastIndex((line) => line.trim() === '}');
  if (close < 0 || inner < 0 || !region.lines.some((line) => /^\s*switch \(name\)/.test(line))) {
    throw new UserError('script.csx: what is between the lines of the dispatch was changed beyond recognition', {
      hint: `add there yourself: ${label(id)} return ${wait};`,
    });
  }
  const next = [
    ...region.lines.slice(0, inner),
    ...lines.map((line) => region.indent + line),
    ...region.lines.slice(inner),
  ];
  return replaceLines(text, region, dispatchName, next);
}

const replaceLines = (text: string, region: Region, name: string, lines: readonly string[]): string =>
  `${text.slice(0, region.start)}${region.indent}${begin(name)}\n${lines.join('\n')}\n${region.indent}${end(name)}\n${text.slice(region.stop)}`;

/** Behind the last member of the class. */
function addMember(text: string, name: string, code: string): string {
  const { classEnd, memberIndent } = readScript(text);
  return `${text.slice(0, classEnd)}\n${regionText(name, code, memberIndent)}${text.slice(classEnd)}`;
}

export interface Removed {
  text: string;
  /** The handler was changed by its author, and stays. */
  kept: boolean;
}

/** Takes an operation out of the script. A handler that its author changed stays, without being called. */
export function removeHandler(text: string, id: string): Removed {
  const dispatch = findRegion(text, dispatchName);
  const handler = findRegion(text, id);
  if (dispatch === undefined) return { text, kept: false };
  const at = dispatch.lines.findIndex((line) => line.trim() === label(id));
  let next = text;
  const isOurs = handler !== undefined && isUnchangedHandler(outdented(handler.lines, handler.indent), scriptPatterns);
  if (handler !== undefined && isOurs) next = cutMember(next, handler);
  if (at >= 0) {
    // the handler is after the dispatch, so its offsets are still right
    const lines = dispatch.lines.filter((_, index) => index !== at && index !== at + 1);
    next = lines.some((line) => line.trim().startsWith('case '))
      ? replaceLines(next, dispatch, dispatchName, lines)
      : cutDispatch(next, dispatch);
  }
  const names = findRegion(next, namesName);
  if (names !== undefined && findRegion(next, dispatchName) === undefined) next = cutMember(next, names);
  return { text: next, kept: handler !== undefined && !isOurs };
}

/** With the blank line that is in front of a member. */
const cutMember = (text: string, region: Region): string =>
  text.slice(0, text.slice(0, region.start).endsWith('\n\n') ? region.start - 1 : region.start) +
  text.slice(region.stop);

/** With the blank line that is after the dispatch. */
const cutDispatch = (text: string, region: Region): string =>
  text.slice(0, region.start) + text.slice(text.slice(region.stop).startsWith('\n') ? region.stop + 1 : region.stop);

/** The operation is called otherwise from now on. */
export function renameHandler(text: string, id: string, to: string): string {
  if (!isRouted(text, id)) return text;
  return text
    .split('\n')
    .map((line) => {
      if (line.trim() === begin(id)) return line.replace(begin(id), () => begin(to));
      if (line.trim() === end(id)) return line.replace(end(id), () => end(to));
      if (line.trim() === label(id)) return line.replace(label(id), () => label(to));
      return line.replaceAll(new RegExp(`\\b${methodName(id)}\\b`, 'g'), methodName(to));
    })
    .join('\n');
}

interface Structure {
  isAsync: boolean;
  /** Where the dispatch goes. */
  insertAt: number;
  bodyIndent: string;
  memberIndent: string;
  /** Offset of the line with the brace that closes the class. */
  classEnd: number;
}

function readScript(text: string): Structure {
  const mask = blankNonCode(text);
  const declared = /\bclass\s+Script\s*:\s*ScriptBase\b(?:(?!\bclass\b)[^{])*\{/.exec(mask);
  if (declared === null) throw unknownStructure('there is no class "Script : ScriptBase"');
  const open = declared.index + declared[0].length - 1;
  const close = closingBrace(mask, open);
  if (close === undefined) throw unknownStructure('the class Script has no end');
  const method =
    /\boverride\s+(async\s+)?(?:System\.Threading\.Tasks\.)?Task<(?:System\.Net\.Http\.)?HttpResponseMessage>\s+ExecuteAsync\s*\(\s*\)\s*\{/.exec(
      mask.slice(open, close),
    );
  if (method === null) {
    throw unknownStructure(
      'there is no method "public override async Task<HttpResponseMessage> ExecuteAsync()" with a body in braces',
    );
  }
  const body = open + method.index + method[0].length - 1;
  const bodyEnd = closingBrace(mask, body) ?? close;
  const memberIndent = indentAt(text, open + method.index);
  const isAsync = method[1] !== undefined;
  const at = insertionPoint(text, mask, body, bodyEnd);
  return {
    isAsync,
    insertAt: lineStart(text, at),
    bodyIndent: `${memberIndent}    `,
    memberIndent,
    classEnd: lineStart(text, close),
  };
}

/**
 * In front of everything else; but a script that signs in does so first, and removes its private headers: there the
 * dispatch takes the place in front of the last call.
 */
function insertionPoint(text: string, mask: string, body: number, bodyEnd: number): number {
  const signsIn = text.includes('x-cc-client-secret');
  if (!signsIn) return text.indexOf('\n', body) + 1;
  const call = /return\s+await\s+(?:this\.)?Context\.SendAsync\(\s*(?:this\.)?Context\.Request\b/g;
  const last = [...mask.slice(body, bodyEnd).matchAll(call)].at(-1);
  if (last === undefined)
    throw unknownStructure(
      'it signs in, but no line "return await this.Context.SendAsync(this.Context.Request, …)" follows',
    );
  return body + last.index;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

const indentAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';

const unknownStructure = (problem: string): UserError =>
  new UserError(`script.csx: ${problem}, so there is no known place for the code of an operation`, {
    hint: 'bring the script into that form, or remove --script and write the code manually',
  });
