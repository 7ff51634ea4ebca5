import { asObject, type Json, valueAt } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { parseTemplate } from '../expressions.ts';
import {
  encodedList,
  type Message,
  queryName,
  queryPart,
  type RuntimeAnswer,
  type RuntimeRequest,
} from '../message.ts';
import type { PolicyContext, RunPolicy } from '../policy-context.ts';
import { bodyJson, fillIn, isNoValue } from '../values.ts';

/** Names the paging property; the others of `triggerConfig` are parameters of the query. */
const nextLinkKey = 'x-ms-triggerConfig-nextLink';

/**
 * On the way out the state of the call before becomes query parameters. On the way back the first element gives the
 * state; the first call only sets it, and answers 202 as one without new elements does.
 */
export const runPollingTrigger: RunPolicy = (message, context) => {
  if (message.kind === 'request') withState(message, context);
  else followState(message, context);
};

function withState(request: RuntimeRequest, { around }: PolicyContext): void {
  for (const [name, value] of Object.entries(around.poll.state ?? {})) {
    const others = request.query.filter((part) => queryName(part) !== queryName(name));
    request.query = [...others, queryPart(name, encodedList(value))];
  }
}

function followState(answer: RuntimeAnswer, context: PolicyContext): void {
  if (answer.status < 200 || answer.status > 299) return;
  const { poll } = context.around;
  const elements = dataOf(answer, context);
  if (elements.length === 0) {
    context.note = 'nothing new: the state stays';
    wait(answer);
    return;
  }
  const isFirst = poll.state === undefined;
  poll.state = stateOf(answer, context);
  context.note = `the state is ${JSON.stringify(poll.state)}`;
  if (isFirst) wait(answer);
}

/** The list that triggers. Of an answer without it there is nothing new. */
function dataOf(answer: RuntimeAnswer, context: PolicyContext): Json[] {
  const path = context.required('triggerDataPath');
  const [expression, ...others] = parseTemplate(path.trim());
  if (typeof expression !== 'object' || others.length > 0 || !['triggerBody', 'body'].includes(expression.name)) {
    throw new UserError(`triggerDataPath: ${path} is not a path`, { hint: 'write @triggerBody().items' });
  }
  const found = valueAt(bodyJson(answer), expression.path);
  return Array.isArray(found) ? found : [];
}

function stateOf(answer: RuntimeAnswer, context: PolicyContext): Record<string, string> {
  const body = bodyJson(answer);
  const scope = { ...context.scope(answer), ...(body === undefined ? {} : { triggerBody: body }) };
  const entries = Object.entries(asObject(context.raw('triggerConfig'))).filter(([name]) => name !== nextLinkKey);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      try {
        return [[name, fillIn(parseTemplate(String(value)), scope)]];
      } catch (error) {
        if (!isNoValue(error)) throw error;
        context.assume('missing-source');
        return [];
      }
    }),
  );
}

function wait(answer: Message): void {
  if (answer.kind !== 'answer') return;
  answer.status = 202;
  answer.body = undefined;
}
