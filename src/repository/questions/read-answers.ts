import { readFileSync } from 'node:fs';
import { isObject, type JsonObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';

/** Reads a file of answers, YAML or JSON. @throws UserError when it can't be read or holds no mapping */
export async function readAnswers(path: string, shown: string): Promise<JsonObject> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'there is no such file'
        : (error as Error).message;
    throw new UserError(`--answers ${shown}: ${reason}`, {
      hint: 'give a YAML or JSON file with one answer per flag, such as "title: Contoso"',
    });
  }
  if (isObject(value)) return value;
  throw new UserError(`--answers ${shown}: must hold one answer per flag, such as "title: Contoso"`);
}
