import { curlOf } from '../runtime/curl.ts';
import { describeTrace } from '../runtime/describe.ts';
import { type Exchange, harOf } from '../runtime/har.ts';
import type { Secrets } from '../runtime/secrets.ts';
import type { RequestStep, Trace, TriggerTrace } from '../runtime/trace.ts';
import { shownJson } from '../shown.ts';
import type { Context } from './command.ts';

/** The runs on stdout, in the wanted form. */
export function printRuns(
  trace: Trace | TriggerTrace,
  exchanges: readonly Exchange[],
  secrets: Secrets,
  context: Context,
): void {
  switch (context.format) {
    case 'json':
      context.out(`${JSON.stringify(trace, null, 2)}\n`);
      return;
    case 'curl':
      context.out(runsOf(trace).map(curlOf).join('\n'));
      return;
    case 'har':
      context.out(
        shownJson(
          `${JSON.stringify(harOf(exchanges.length > 0 ? exchanges : runsOf(trace).flatMap(unsent), secrets), null, 2)}\n`,
        ),
      );
      return;
    default:
      context.out(runsOf(trace).map(describeTrace).join('\n'));
  }
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
