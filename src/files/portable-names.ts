/**
 * Names that Windows gives another meaning or refuses, on whatever system we run: what is made on one has to be checked
 * out on the other. Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */

/** Devices, with any extension; the small figures count as figures there. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:[.:]|$)/i;

/** Whether Windows takes the name of a file or folder for a device, as in `con` or `com1.txt`. */
export const isDevice = (name: string): boolean => device.test(name);

/**
 * Why a file or folder can't have this name everywhere, for the end of a sentence.
 *
 * @param name a single one, without folders
 * @returns undefined: it can
 */
export function whyNotPortable(name: string): string | undefined {
  const character = /[<>:"/\\|?*\u0000-\u001f]/.exec(name)?.[0];
  if (character !== undefined) return `Windows allows no ${JSON.stringify(character)} in the name of a file or folder`;
  if (isDevice(name)) return `"${name}" is a device on Windows, and no file or folder can be called so`;
  if (/[. ]$/.test(name)) return `Windows drops the full stop or blank at the end of "${name}"`;
  return undefined;
}
