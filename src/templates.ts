import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from './errors.ts';

/** Absolute path of the package's own folder, from the sources as well as from any bundle in `dist`. */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** @throws UserError when parts of the package are missing */
function findPackageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'templates')) && existsSync(join(folder, 'package.json'))) return folder;
    if (folder !== dirname(folder)) continue;
    throw new UserError(`${from}: this installation of generator-pp-connector is incomplete: "templates" is missing`, {
      hint: 'install it again: npm install --global generator-pp-connector',
    });
  }
}

/** Absolute path of a template. */
export const templatePath = (...names: string[]): string => join(packageRoot, 'templates', ...names);

export const readTemplate = (...names: string[]): string => readFileSync(templatePath(...names), 'utf8');

export const templateBytes = (...names: string[]): Buffer => readFileSync(templatePath(...names));
