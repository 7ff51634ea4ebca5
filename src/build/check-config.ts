import { configProblems } from '../config/config-problems.ts';
import { lineAndColumn, locate } from '../connector/json/locate.ts';
import { fromPointer } from '../connector/json/pointer.ts';
import { requireStrictJson } from '../connector/require-json.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';

/** @throws UserError naming line and column for a config.json that is not strict JSON or doesn't fit its schema */
export function checkConfig(config: JsonFile): void {
  requireStrictJson(config);
  const problem = configProblems(config.value)[0];
  if (problem === undefined) return;
  const { line, column } = lineAndColumn(config.text, locate(config.text, [fromPointer(problem.pointer)])[0] ?? 0);
  throw new UserError(`${config.path}:${line}:${column}: ${problem.message}`);
}
