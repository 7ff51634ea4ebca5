import { type Severity, severities } from '../../connector/profile.ts';
import { onOneLine } from '../../shown.ts';

/** What comments of pull requests have in common. */

/** A comment on GitHub takes 65,536 characters; what doesn't fit is counted. */
export const maxLength = 60_000;

/** The worst first. */
export const bySeverity = (a: { severity: Severity }, b: { severity: Severity }): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity);

/** An author's words as plain text: no markup, no mention of people, no reference to issues. */
export const escapeForComment = (text: string): string =>
  onOneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll(/#(?=\w)/g, '&#35;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]|~]/g, '\\$&')
    .replaceAll('@', '&#64;');
