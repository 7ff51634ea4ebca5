import { isObject, type JsonObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { readRegularText } from '../../files/read.ts';
import { isTooDeep, refusalOf } from '../../system-error.ts';

/** Reads a file of answers, YAML or JSON. @throws UserError when it can't be read or holds no mapping */
export async function readAnswers(path: string, shown: string): Promise<JsonObject> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(readRegularText(path));
  } catch (error) {
    const reason = refusalOf(error) ?? (isTooDeep(error) ? 'it is nested too deeply' : (error as Error).message);
    throw new UserError(`--answers ${shown}: ${reason}`, {
      hint: 'give a YAML or JSON file with one answer per flag, such as "title: Contoso"',
    });
  }
  if (isObject(value)) return value;
  throw new UserError(`--answers ${shown}: must hold one answer per flag, such as "title: Contoso"`);
}
