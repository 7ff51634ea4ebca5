import type { RunPolicy } from '../policy-context.ts';
import { convertProperty } from './parents.ts';

/** What would mean something else in a regular expression. */
const special = /[$()*+.?[\\\]^{|}]/;

export const runReplaceString: RunPolicy = (message, context) => {
  const wanted = context.required('sourceString');
  const replacement = context.text('replacementString');
  if (special.test(wanted)) context.assume('stringreplace-plain');
  convertProperty(message, context, (source) =>
    typeof source === 'string' ? source.replaceAll(wanted, () => replacement) : undefined,
  );
};
