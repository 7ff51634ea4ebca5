import { asObject } from '../connector/json/value.ts';
import type { Secrets } from './secrets.ts';
import type { Step, Trace } from './trace.ts';

/** A trace without secrets. Its shape is ours; what is in it comes from elsewhere. */
export function maskedTrace(trace: Trace, secrets: Secrets): Trace {
  if (secrets.isEmpty) return trace;
  const shown: Trace = { ...trace, steps: trace.steps.map((step) => maskedStep(step, secrets)) };
  if (trace.result !== undefined) shown.result = { status: trace.result.status, body: secrets.json(trace.result.body) };
  if (trace.error !== undefined) shown.error = secrets.text(trace.error);
  return shown;
}

function maskedStep(step: Step, secrets: Secrets): Step {
  switch (step.step) {
    case 'script':
      return { ...step, log: secrets.json(step.log) };
    case 'policy': {
      const note = step.note === undefined ? {} : { note: secrets.text(step.note) };
      const changed = step.changed.map(({ what, from, to }) => ({
        what: secrets.text(what),
        from: secrets.json(from),
        to: secrets.json(to),
      }));
      return { ...step, ...note, changed };
    }
    case 'schema':
      return { ...step, findings: step.findings.map((finding) => ({ ...finding, ...texts(finding, secrets) })) };
    case 'notification':
      return { ...step, body: secrets.json(step.body) };
    case 'answer':
      return { ...step, headers: maskedHeaders(step.headers, secrets), body: secrets.json(step.body) };
    default: {
      // names of what we send are the definition's
      const entries = Object.entries(step.headers).map(([name, value]) => [name, secrets.text(value)]);
      const headers = Object.fromEntries(entries) as Record<string, string>;
      return { ...step, url: secrets.text(step.url), headers, body: secrets.json(step.body) };
    }
  }
}

const texts = ({ at, expected, seen }: { at: string; expected: string; seen: string }, secrets: Secrets) => ({
  at: secrets.text(at),
  expected: secrets.text(expected),
  seen: secrets.text(seen),
});

const maskedHeaders = (headers: Record<string, string>, secrets: Secrets): Record<string, string> =>
  secrets.json(asObject(headers)) as Record<string, string>;
