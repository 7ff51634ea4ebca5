import { isMailAddress } from '../../connector/facts/addresses.ts';

/** Names of properties and values of enums become part of a definition, which everybody reads: nobody's data may be among them. */

/** A key that is a value: an id, an address, a date, a number. */
export const isNoName = (name: string): boolean =>
  name.trim() === '' ||
  name.length > 100 ||
  isMailAddress(name) ||
  /[\u0000-\u001f\u007f]/.test(name) ||
  /^\+?[\d\s().-]+$/.test(name) ||
  /\d{5}/.test(name) ||
  /[\da-f]{8}-[\da-f]{4}-/i.test(name) ||
  /^[\da-f]{16,}$/i.test(name) ||
  /^\d{4}-\d{2}-\d{2}/.test(name);

/** A word such as `in_progress` or `EUR`, as programs give them to states. */
export const isCode = (value: string): boolean => /^[a-z][\w.-]{0,39}$/i.test(value) && !isNoName(value);
