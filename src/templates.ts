import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the package's own folder, from the sources as well as from any bundle in `dist`. */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

function findPackageRoot(folder: string): string {
  return existsSync(join(folder, 'templates')) && existsSync(join(folder, 'package.json'))
    ? folder
    : findPackageRoot(dirname(folder));
}

/** Absolute path of a template. */
export const templatePath = (...names: string[]): string => join(packageRoot, 'templates', ...names);

export const readTemplate = (...names: string[]): string => readFileSync(templatePath(...names), 'utf8');

export const templateBytes = (...names: string[]): Buffer => readFileSync(templatePath(...names));
