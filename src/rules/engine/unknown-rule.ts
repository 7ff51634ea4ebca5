import { nearest } from '../../did-you-mean.ts';
import { UserError } from '../../errors.ts';
import { ruleById } from '../families/catalogue.ts';

/** The error for a rule id that doesn't exist, with the nearest one that does. */
export function unknownRule(id: string, where = ''): UserError {
  const guess = nearest(id, [...ruleById.keys()]);
  return new UserError(`${where}there is no rule "${id}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`, {
    hint: 'list the rules with: pp-connector rules',
  });
}
