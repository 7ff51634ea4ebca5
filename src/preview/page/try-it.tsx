import { useState } from 'preact/hooks';
import type { FormOperation } from '../../runtime/form/form-model.ts';
import type { TryAnswer, TryRequest } from '../page-state.ts';
import { useShared } from './context.ts';
import { tryIt } from './store.ts';

/** Runs the operation with what is typed above. */

const modes: readonly (readonly [TryRequest['mode'], string])[] = [
  ['dry', 'Show the request, send nothing'],
  ['mock', 'With an answer made up from the definition'],
  ['send', 'Send it, with the connection of this machine'],
];

const outcomes = {
  dry: 'This is the request; nothing was sent',
  mock: 'This answer is made up; nothing was sent',
  send: 'The API has answered',
  confirm: 'Nothing has been sent yet',
  refused: 'The operation was not run',
} as const;

export function TryIt({ operation }: { operation: FormOperation }) {
  const shared = useShared();
  const { pointer, fields } = operation;
  const [mode, setMode] = useState<TryRequest['mode']>('dry');
  const [answer, setAnswer] = useState<TryAnswer | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const run = async (confirmed: boolean): Promise<void> => {
    setBusy(true);
    try {
      const defaults = fields.flatMap(({ key, required, default: given }) =>
        required && given !== null ? [[key, typeof given === 'string' ? given : JSON.stringify(given)]] : [],
      );
      const typed = [...(shared.values.get(pointer) ?? [])].filter(([, text]) => text !== '');
      const texts = Object.fromEntries([...defaults, ...typed]) as Record<string, string>;
      const files = Object.fromEntries(shared.files.get(pointer) ?? []);
      const result = await tryIt({ operation: pointer, mode, texts, files, confirmed });
      setAnswer(result);
      keepAnswer(result);
      shared.announce(outcomes[result.outcome === 'ran' ? mode : result.outcome]);
    } catch (error) {
      setAnswer({
        outcome: 'refused',
        problems: [{ key: '', message: error instanceof Error ? error.message : String(error) }],
        hint: '',
      });
    }
    setBusy(false);
  };
  const keepAnswer = (given: TryAnswer): void => {
    if (given.outcome !== 'ran') return;
    const { result } = given.trace as TraceLike;
    if (result === undefined) shared.answers.delete(pointer);
    else shared.answers.set(pointer, result.body);
    shared.redraw();
  };
  return (
    <section class="try" aria-label="Try it">
      <h2>Try it</h2>
      <fieldset>
        <legend>How</legend>
        {modes.map(([value, label]) => (
          <label key={value}>
            <input type="radio" name="mode" checked={mode === value} onChange={() => setMode(value)} /> {label}
          </label>
        ))}
      </fieldset>
      <button type="button" class="main" disabled={isBusy} onClick={() => run(false)}>
        {isBusy ? 'Running' : 'Run'}
      </button>
      {answer !== undefined && <Answer answer={answer} onConfirm={() => run(true)} fields={fields} />}
    </section>
  );
}

function Answer({
  answer,
  onConfirm,
  fields,
}: {
  answer: TryAnswer;
  onConfirm: () => void;
  fields: FormOperation['fields'];
}) {
  if (answer.outcome === 'confirm') {
    return (
      <div class="answer confirm" role="alert">
        <p>
          {answer.method} {answer.url} may change something at the service. Nothing has been sent.
        </p>
        <button type="button" class="main" onClick={onConfirm}>
          Send it
        </button>
      </div>
    );
  }
  if (answer.outcome === 'refused') {
    return (
      <div class="answer refused" role="alert">
        <ul>
          {answer.problems.map(({ key, message }) => (
            <li key={`${key} ${message}`}>
              {key !== '' && <strong>{fields.find((field) => field.key === key)?.label ?? key} </strong>}
              {message}
            </li>
          ))}
        </ul>
        {answer.hint !== '' && <p class="note">{answer.hint}</p>}
      </div>
    );
  }
  return (
    <div class={answer.fits ? 'answer good' : 'answer misfit'}>
      <Steps trace={answer.trace as TraceLike} />
      <details>
        <summary>The whole trace</summary>
        <pre tabIndex={0}>{JSON.stringify(answer.trace, null, 2)}</pre>
      </details>
    </div>
  );
}

/** What is shown of a trace (src/runtime/trace.ts). */
interface TraceLike {
  steps: StepLike[];
  assumptions: { id: string; text: string }[];
  result?: { status: number; body: unknown };
  error?: string;
}

interface StepLike {
  step: string;
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: unknown;
  note?: string;
  title?: string;
  template?: string;
  changed?: { what: string; from: unknown; to: unknown }[];
  status?: number;
  findings?: { at: string; expected: string; seen: string }[];
}

function Steps({ trace }: { trace: TraceLike }) {
  return (
    <>
      {trace.error !== undefined && (
        <p role="alert" class="error">
          {trace.error}
        </p>
      )}
      <ol class="steps">
        {trace.steps.map((step, index) => (
          <li key={index}>
            <Step step={step} />
          </li>
        ))}
      </ol>
      {trace.result !== undefined && (
        <>
          <h3>What the flow gets</h3>
          <pre tabIndex={0} data-result>
            {textOf(trace.result.body)}
          </pre>
        </>
      )}
      {trace.assumptions.length > 0 && (
        <p class="note">Assumed, since nobody documents it: {trace.assumptions.map(({ text }) => text).join(' ')}</p>
      )}
    </>
  );
}

const names: Readonly<Record<string, string>> = {
  request: 'Request of the client',
  ready: 'Request as it would leave',
  send: 'Sent',
  script: 'Code of the connector',
};

function Step({ step }: { step: StepLike }) {
  switch (step.step) {
    case 'policy':
      return (
        <>
          <strong>Policy {step.title || step.template}</strong>
          {step.changed?.length === 0 && ' changed nothing'}
          <ul>
            {step.changed?.map(({ what, from, to }) => (
              <li key={what}>
                <code>{what}</code>: {textOf(from)} → {textOf(to)}
              </li>
            ))}
          </ul>
          {step.note}
        </>
      );
    case 'answer':
      return <strong>Answer {step.status}</strong>;
    case 'schema':
      return (
        <>
          <strong>
            {step.findings?.length === 0 ? 'The answer fits the definition' : 'The answer does not fit the definition'}
          </strong>
          <ul>
            {step.findings?.map(({ at, expected, seen }) => (
              <li key={at}>
                <code>{at || '/'}</code>: {expected} expected, {seen} seen
              </li>
            ))}
          </ul>
        </>
      );
    default:
      return (
        <>
          <strong>{names[step.step] ?? step.step}</strong>{' '}
          {step.method !== undefined && (
            <code>
              {step.method} {step.url}
            </code>
          )}
          {step.note !== undefined && <span class="note"> {step.note}</span>}
          {(step.step === 'ready' || step.step === 'send') && step.headers !== undefined && (
            <ul>
              {Object.entries(step.headers).map(([name, value]) => (
                <li key={name}>
                  <code>{name}</code>: {value}
                </li>
              ))}
              {step.body !== null && step.body !== undefined && <li>Body: {textOf(step.body)}</li>}
            </ul>
          )}
        </>
      );
  }
}

const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')).slice(0, 20_000);
