import { curlOf } from '../runtime/curl.ts';
import { describeTrace } from '../runtime/describe.ts';
import { type Exchange, harOf } from '../runtime/har.ts';
import type { Secrets } from '../runtime/secrets.ts';
import type { RequestStep, Trace, TriggerTrace } from '../runtime/trace.ts';
import { onOneLine, shownJson } from '../shown.ts';
import type { Context } from './command.ts';
import type { LearnReport } from './learn-definition.ts';

/**
 * What came of runs on stdout, in the wanted form. Of those of a trigger, people have seen each as it ended.
 *
 * @param learned what the definition learned of them, and how that is said to people
 */
export function printRuns(
  trace: Trace | TriggerTrace,
  exchanges: readonly Exchange[],
  { secrets, learned }: { secrets: Secrets; learned: { report: LearnReport; text: string } | undefined },
  context: Context,
): void {
  switch (context.format) {
    case 'json':
      context.out(
        `${JSON.stringify(learned === undefined ? trace : { ...trace, learned: learned.report }, null, 2)}\n`,
      );
      return;
    case 'curl':
      context.out(runsOf(trace).map(curlOf).join('\n'));
      break;
    case 'har':
      context.out(
        shownJson(
          `${JSON.stringify(harOf(exchanges.length > 0 ? exchanges : runsOf(trace).flatMap(unsent), secrets), null, 2)}\n`,
        ),
      );
      break;
    default:
      context.out('runs' in trace ? describeState(trace) : describeTrace(trace));
  }
  const isText = (context.format ?? 'text') === 'text';
  if (learned !== undefined) (isText ? context.out : context.err)(learned.text);
}

/** What is left to say when all runs have been printed. */
function describeState({ state, error }: TriggerTrace): string {
  const parts = Object.entries(state).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const line = `\nstate    ${onOneLine(parts.join(', ')) || 'none'}\n`;
  return error === undefined ? line : `${line}\nThe run ended: ${error}\n`;
}

const runsOf = (trace: Trace | TriggerTrace): Trace[] => ('runs' in trace ? trace.runs : [trace]);

/** Of a dry run the request alone. */
function unsent({ steps }: Trace): Exchange[] {
  const ready = steps.find((step): step is RequestStep => step.step === 'ready');
  if (ready === undefined) return [];
  const body =
    ready.body === null
      ? undefined
      : Buffer.from(typeof ready.body === 'string' ? ready.body : JSON.stringify(ready.body));
  return [{ request: { ...ready, body }, answer: undefined, started: new Date(), milliseconds: 0 }];
}
