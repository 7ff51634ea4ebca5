import { sarif as sarifOf } from '../../rules/reporters/sarif.ts';
import { asFindings } from './as-findings.ts';
import type { DiffFormat } from './formats.ts';

/** SARIF 2.1.0, for code scanning. */
export const sarif: DiffFormat = (report, options) => sarifOf(asFindings(report), options);
