import { UserError } from '../../errors.ts';
import { isDevice } from '../../files/portable-names.ts';

const suffix = /(?:(?<!\s)\s+)?\(\s*independent\s+publisher\s*\)\s*$/i;

/**
 * Name of the folder in the connector repository: the title, as far as every file system takes it.
 *
 * @throws UserError when nothing is left of the title
 */
export function folderName(title: string): string {
  const name = title
    .replace(suffix, '')
    .normalize('NFC')
    .replaceAll(/[<>:"/\\|?*\u0000-\u001f\u007f]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    // a hidden folder, and endings that Windows drops
    .replace(/^[\s.~]+/, '')
    .replace(/(?<![\s.])[\s.]+$/, '')
    .slice(0, 100)
    .trimEnd();
  if (!/[\p{L}\p{N}]/u.test(name)) {
    throw new UserError(`info.title: no folder can be called "${title}"`, {
      hint: 'give the connector a title of letters and digits',
    });
  }
  return isDevice(name) ? withMark(name) : name;
}

/** `con` becomes `con_`, `aux.io` becomes `aux_.io`: what comes after the full stop doesn't count for Windows. */
const withMark = (name: string): string => name.replace(/^[^.]*/, (first) => `${first.trimEnd()}_`);

/** The title as it is in front of "(Independent Publisher)". */
export const plainTitle = (title: string): string => title.replace(suffix, '').trim();
