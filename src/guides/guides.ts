import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { readRegularText } from '../files/read.ts';
import { packageRoot } from '../templates.ts';

/** A guide of docs/guides, which the package brings along. */
export interface Guide {
  /** As its file is called, without `.md`. */
  name: string;
  title: string;
}

const folder = (): string => join(packageRoot, 'docs', 'guides');

/** All guides, the one for a beginner first, then by name. */
export function listGuides(): Guide[] {
  const names = readdirSync(folder())
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length))
    .sort((a, b) => Number(b === beginners) - Number(a === beginners) || (a < b ? -1 : 1));
  return names.map((name) => ({ name, title: titleOf(readGuide(name)) }));
}

const beginners = 'first-connector';

const titleOf = (markdown: string): string => markdown.slice('# '.length, markdown.indexOf('\n')).trim();

/** The Markdown of a guide. @throws UserError when there is none of that name */
export function readGuide(name: string): string {
  const names = readdirSync(folder()).map((file) => file.replace(/\.md$/, ''));
  if (names.includes(name)) return readRegularText(join(folder(), `${name}.md`));
  const guess = nearest(name, names);
  const hint =
    guess === undefined ? 'list the guides with: pp-connector guide' : `did you mean: pp-connector guide ${guess}`;
  throw new UserError(`there is no guide "${name}"`, { hint });
}
