import { lowerTitle } from './words.ts';

/** Descriptions of parameters and properties of which only the title is known: `User ID` → `The user ID.` */
export function describeTitle(title: string): string {
  const [first = '', ...rest] = lowerTitle(title).split(' ');
  if (/^(is|has|can|should|was)$/.test(first) && rest.length > 0) return `Whether it ${[first, ...rest].join(' ')}.`;
  return `The ${[first, ...rest].join(' ')}.`;
}
