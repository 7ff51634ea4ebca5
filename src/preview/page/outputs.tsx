import { useState } from 'preact/hooks';
import { counted } from '../../counted.ts';
import type { FormOperation, FormOutput } from '../../runtime/form/form-model.ts';
import type { Known } from '../page-state.ts';
import { type Shared, useShared } from './context.ts';
import { nobodySays, notAsked, saidBy } from './dynamic-editor.tsx';
import { Findings, Place } from './findings.tsx';
import { loadOutputs } from './store.ts';

/** What an operation gives to the steps after it, with the values of the last answer to "Try it". */
export function Outputs({ operation }: { operation: FormOperation }) {
  const { answers } = useShared();
  const { outputs, splitOn, moreOutputs, kind, trigger, pointer } = operation;
  const title = trigger?.way === 'webhook' ? 'Outputs: what the notification brings' : 'Outputs';
  return (
    <section class="outputs" aria-label="Outputs">
      <h2>{title}</h2>
      {outputs.length === 0 ? (
        <p class="note">{kind === 'trigger' ? 'A run gets no values.' : 'Steps after it get no values from it.'}</p>
      ) : (
        <section class="table" aria-label={title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Output</th>
                <th scope="col">Type</th>
                {answers.has(pointer) && <th scope="col">Last answer</th>}
                <th scope="col">Where</th>
              </tr>
            </thead>
            <tbody>
              {outputs.map((output, index) => (
                <OutputRows key={`${output.key} ${index}`} output={output} operation={pointer} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {moreOutputs && <p class="note">{counted(outputs.length, 'output')} are shown; the schema branches on.</p>}
      {splitOn !== null && <p class="note">With split on, a run has one element of {splitOn}.</p>}
    </section>
  );
}

interface RowProps {
  output: FormOutput;
  operation: string;
}

function OutputRows(props: RowProps) {
  return props.output.dynamic === null ? <OutputRow {...props} /> : <DynamicRows {...props} />;
}

function OutputRow({ output, operation }: RowProps) {
  const { key, label, type, description, pointer } = output;
  return (
    <tr data-output={key}>
      <th scope="row">
        {label}
        <code class="note">{key}</code>
        {description !== '' && <span class="note">{description}</span>}
        <Findings home={{ in: 'operation', operation, part: 'output', key }} />
      </th>
      <td>{type}</td>
      <LastValue operation={operation} outputKey={key} />
      <td>
        <Place pointer={pointer} />
      </td>
    </tr>
  );
}

/** An object whose parts are known at run time only, and the parts that it might have. */
function DynamicRows({ output, operation }: RowProps) {
  const { state, announce, values, answers } = useShared();
  const [loaded, setLoaded] = useState<Known<FormOutput> | undefined>(undefined);
  const known = loaded ?? state.sampleOutputs[operation]?.[output.key];
  const load = async (): Promise<void> => {
    try {
      const texts = Object.fromEntries(values.get(operation) ?? []);
      const { told } = await loadOutputs({ operation, key: output.key, texts });
      if (told !== null) setLoaded(told);
      announce(told === null ? notAsked : `${counted(told.parts.length, 'output')} of ${output.label}`);
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
  };
  const { key, label, description, pointer, dynamic } = output;
  return (
    <>
      <tr data-output={key}>
        <th scope="row">
          {label}
          <code class="note">{key}</code>
          {description !== '' && <span class="note">{description}</span>}
          <span class="note">
            {known === undefined ? nobodySays : saidBy[known.from]}{' '}
            {!state.isStatic && (
              <button type="button" class="quiet" onClick={load} aria-label={`Load outputs of ${label}`}>
                Load outputs
              </button>
            )}
          </span>
          <Findings home={{ in: 'operation', operation, part: 'output', key }} />
        </th>
        <td>
          known at run time, from <code>{dynamic?.operationId || 'an operation that is not named'}</code>
        </td>
        <LastValue operation={operation} outputKey={key} />
        <td>
          <Place pointer={pointer} />
        </td>
      </tr>
      {known?.parts.map((part) => (
        <tr key={part.key} class="part" data-part={part.key}>
          <th scope="row">
            {part.label}
            <code class="note">{part.key}</code>
            {part.description !== '' && <span class="note">{part.description}</span>}
          </th>
          <td>
            {part.type}
            {known.examples[part.key] !== undefined && <span class="note">for example {known.examples[part.key]}</span>}
          </td>
          {answers.has(operation) && <LastValue operation={operation} outputKey={part.key} />}
          <td />
        </tr>
      ))}
    </>
  );
}

/** Longer ones are in the answer below. */
const mostLetters = 200;

function LastValue({ operation, outputKey }: { operation: string; outputKey: string }) {
  const { answers } = useShared();
  if (!answers.has(operation)) return null;
  const value = lastValue(answers, operation, outputKey);
  if (value === undefined) return <td class="note">not there</td>;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return <td class="value">{text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text}</td>;
}

/** Of the first element, where there is a list on the way. */
function lastValue(answers: Shared['answers'], operation: string, key: string): unknown {
  const path = key
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return path.reduce<unknown>((at, name) => {
    const one = Array.isArray(at) ? at[0] : at;
    return typeof one === 'object' && one !== null && Object.hasOwn(one, name)
      ? (one as Record<string, unknown>)[name]
      : undefined;
  }, answers.get(operation));
}
