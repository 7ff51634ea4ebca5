import { junit as junitOf } from '../../rules/reporters/junit.ts';
import { asFindings } from './as-findings.ts';
import type { DiffFormat } from './formats.ts';

/** JUnit XML for CI servers: breaking changes are failures. */
export const junit: DiffFormat = (report, options) => junitOf(asFindings(report), options);
