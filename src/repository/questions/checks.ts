import type { Answers } from '../../answers.ts';
import { isHttpUrl, isMailAddress } from '../../connector/facts/addresses.ts';
import { lettersOfAnotherLanguage } from '../../language/english.ts';
import { isWindowsPath, windowsPathHint } from '../../operation/api-path.ts';
import { coreProductName, foldTypography, foreignCharacter } from '../../rules/support/texts.ts';

/** Checks of answers, the same for prompts and flags; they agree with the validation rules named in each. */

const certified = (answers: Answers): boolean => answers.profile === 'verified' || answers.profile === 'independent';

/** info-title-length, info-title-restricted-words, info-title-product-names, info-title-english. */
export function checkTitle(value: string, answers: Answers): true | string {
  if (value.length > 30) return `"${value}" has ${value.length} characters; at most 30 are allowed`;
  if (!certified(answers)) return true;
  const word = /(?<![\p{L}\p{N}])(API|Connector)(?![\p{L}\p{N}])/iu.exec(value)?.[0] ?? coreProductName(value);
  if (word !== undefined)
    return `"${value}" contains "${word}", which certification refuses; use the name of the product`;
  if (foreignCharacter(value) !== undefined) return `"${value}" must be English, without special letters`;
  if (!/[A-Za-z0-9)]$/.test(value)) return `"${value}" must end with a letter or a digit`;
  return true;
}

/** info-description-min-length, -max-length, -product-names, -english. */
export function checkConnectorDescription(value: string, answers: Answers): true | string {
  if (!certified(answers)) return true;
  if (value.length < 30 || value.length > 500) return `has ${value.length} characters; 30 to 500 are allowed`;
  const product = coreProductName(value);
  if (product !== undefined) return `names "${product}", which certification refuses`;
  return lettersOfAnotherLanguage(foldTypography(value)) === undefined ? true : 'must be English';
}

export const checkUrl = (value: string): true | string =>
  isHttpUrl(value) && value.startsWith('https://')
    ? true
    : `"${value}" is not an absolute https URL, such as https://www.contoso.com`;

export const checkMail = (value: string): true | string =>
  isMailAddress(value) ? true : `"${value}" is not an e-mail address, such as support@contoso.com`;

/** host-format. */
export const checkHost = (value: string): true | string =>
  /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/.test(value)
    ? true
    : `"${value}" is not a bare host name: no https://, no path, such as api.contoso.com`;

/** base-path-slash, base-path-no-trailing-slash. */
export function checkBasePath(value: string): true | string {
  if (isWindowsPath(value)) return `"${value}" ${windowsPathHint.replace(/, such as .*/, '')}`;
  if (!value.startsWith('/')) return `"${value}" must start with /, such as /v1`;
  if (/[?#\s]/.test(value)) return `"${value}" must be a path, without ? and #`;
  return value.length > 1 && value.endsWith('/') ? `"${value}" must not end with /` : true;
}

/** icon-brand-color-hex, -forbidden, -independent. */
export function checkBrandColor(value: string, answers: Answers): true | string {
  if (!/^#[0-9a-f]{6}$/i.test(value))
    return `"${value}" is not a colour; give # and six hexadecimal digits, such as #0b6a3f`;
  const color = value.toLowerCase();
  if (answers.profile === 'independent' && color !== '#da3b01')
    return `"${value}" is not allowed; independent publishers use #da3b01`;
  if (answers.profile !== 'verified') return true;
  return color === '#007ee5' || color === '#ffffff'
    ? `"${value}" is reserved (default blue, white); use the brand's own colour`
    : true;
}

/** metadata-categories-max. */
export const checkCategories = (value: string): true | string =>
  value.split(';').filter((item) => item !== '').length > 2 ? 'at most two categories are allowed' : true;

/** npm's rule for package names, which name the folder, too. */
export const checkName = (value: string): true | string =>
  /^[a-z0-9][a-z0-9._-]{0,213}$/.test(value)
    ? true
    : `"${value}" is not a package name: lower-case letters, digits, - . _ only`;
