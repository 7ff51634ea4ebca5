/**
 * What a person or the log of a build machine sees. Texts of files, servers and archives may hold anything; what passes
 * here steers no terminal and gives no commands: control characters and marks that turn the direction of writing become
 * U+FFFD, and what CI systems take for a command is broken by a blank.
 */

/** C0, DEL, C1, and the marks, embeddings, overrides and isolates of the bidirectional algorithm. */
export const steering: RegExp = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]/g;
/** The same but tabs and line ends. */
const steeringInLines = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]/g;
/** The same, and our own colours, which stay. */
const steeringOrColor =
  /\u001b\[(?:0|1|2|4|31|32|33|36)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]/g;

/** C1 and the marks of the bidirectional algorithm in UTF-8, one character per byte. */
const steeringInBytes = /\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xaf]/g;

/** `##vso[…]` of Azure Pipelines, `##[…]` of Azure Pipelines and GitHub Actions, `##teamcity[…]`: in the midst of a line, too. */
const commandInLine = /(?<!#)##+[\w.-]*\[/g;
/** `::error …` of GitHub Actions: at the start of a line, after blanks and colours. */
const commandAtStart = /^((?:[^\S\n]|\u001b\[\d+m)*:)(?=:)/gm;

const suspicious =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]|##|::/;

export interface ShownOptions {
  /** Our own colours are in the text. */
  color?: boolean;
  /** Lines that begin with `::` are our own commands to GitHub Actions. */
  commands?: boolean;
}

/** Without lone surrogates, which no encoding of a file can hold. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

/** Words of somebody else's on one line of a terminal, a log or a table. Several blanks stay several. */
export const onOneLine = (text: string): string =>
  wellFormed(text)
    .replaceAll(/\s+/g, (blanks) => (/^ +$/.test(blanks) ? blanks : ' '))
    .replaceAll(steering, '\ufffd')
    .replaceAll(commandInLine, broken);

/** A whole text of ours, with its own line ends. Each of its lines is harmless. */
export function shown(text: string, { color = false, commands = false }: ShownOptions = {}): string {
  if (!suspicious.test(text)) return text;
  const lines = wellFormed(text).replaceAll(/\r\n?/g, '\n');
  const clean = color
    ? lines.replaceAll(steeringOrColor, (found) => (found.length > 1 ? found : '\ufffd'))
    : lines.replaceAll(steeringInLines, '\ufffd');
  const inside = clean.replaceAll(commandInLine, broken);
  return commands ? inside : inside.replaceAll(commandAtStart, '$1 ');
}

/** What a command remarks, as a line on stderr. */
export const noteLine = (note: string): string => `note: ${onOneLine(note)}\n`;

/** What a program prints, as it comes, without its colours. Bytes of another encoding than UTF-8 stay. */
export function shownBytes(chunk: Buffer): Buffer {
  const text = chunk.toString('utf8');
  if (Buffer.from(text).equals(chunk)) return Buffer.from(shown(text.replaceAll(/\u001b\[[\d;]*m/g, '')));
  const inLines = chunk
    .toString('latin1')
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '?')
    .replaceAll(steeringInBytes, '?');
  const harmless = inLines.replaceAll(commandInLine, broken).replaceAll(commandAtStart, '$1 ');
  return Buffer.from(harmless, 'latin1');
}

/**
 * A JSON text whose values stay exactly what they are: what would steer a terminal or command a build machine can only be
 * inside of strings, and is escaped there.
 */
export const shownJson = (text: string): string =>
  !isHarmlessJson(text) && suspicious.test(text)
    ? text.replaceAll(steeringInLines, escaped).replaceAll(commandInLine, (command) => command.replaceAll('#', escaped))
    : text;

/** Most texts are in ASCII, where JSON itself escapes all that steers but DEL: that is found out many times sooner. */
const isHarmlessJson = (text: string): boolean =>
  Buffer.byteLength(text) === text.length && !text.includes('\u007f') && !text.includes('##');

const broken = (command: string): string => command.replaceAll(/#(?=#)/g, '# ');

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
