import { encoded } from '../message.ts';
import type { RunPolicy } from '../policy-context.ts';
import { convertProperty } from './parents.ts';

export const runEncodeProperty: RunPolicy = (message, context) => {
  convertProperty(message, context, (source) => (typeof source === 'string' ? encoded(source) : undefined));
};
