import { UserError } from '../errors.ts';

/** Days are written as ISO dates: the same in every locale, and as texts in their order. */

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** The day on the author's own calendar. */
export const localDate = (now: Date): string =>
  `${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1, 2)}-${pad(now.getDate(), 2)}`;

/** Whether there is such a day. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** @throws UserError unless the text is a day */
export function requireDate(text: string, flag: string): string {
  if (isDate(text)) return text;
  throw new UserError(`${flag}: "${text}" is not a day; a day is written as YYYY-MM-DD`, {
    hint: `for example: ${flag} 2026-01-31`,
  });
}

/** Whole days from one day to another, whatever the clocks do at night. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
