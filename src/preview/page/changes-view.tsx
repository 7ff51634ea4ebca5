import { counted } from '../../counted.ts';
import type { Breakage, ChangedOperation, ComparedField } from '../against-state.ts';
import { useShared } from './context.ts';
import { sources } from './sources.ts';

/** What an update changes for makers, before beside after. */
export function ChangesView({ against }: { against: Breakage }) {
  const { base, changes, operations } = against;
  return (
    <article aria-labelledby="changes-title">
      <h1 id="changes-title" tabIndex={-1}>
        What changes, compared with {base}
      </h1>
      {changes.length === 0 && operations.length === 0 && <p class="note">Nothing changes for makers.</p>}
      {changes.length > 0 && (
        <ul class="findings" aria-label="Changes">
          {changes.map(({ kind, severity, message, file, line, operation }, index) => (
            <li key={`${kind} ${index}`} class={`finding ${severity}`} data-change={kind}>
              <p class="message">
                <span class="severity">{severity}</span>{' '}
                {operation !== '' && !message.includes(operation) && <strong>{operation}: </strong>}
                {message}
              </p>
              <p class="about">
                <code>{kind}</code>{' '}
                <code class="place">
                  {file}:{line}
                </code>
              </p>
            </li>
          ))}
        </ul>
      )}
      {operations.map((operation) => (
        <ChangedForm key={`${operation.change} ${operation.id}`} operation={operation} />
      ))}
      <p class="source">{sources.changes}</p>
    </article>
  );
}

const words = { new: 'is new', gone: 'is gone', changed: 'changes' } as const;

type Row = ComparedField;

const isSame = (a: Row | undefined, b: Row | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

function ChangedForm({ operation }: { operation: ChangedOperation }) {
  const { state } = useShared();
  const { id, summary, change, before, after, goneOutputs, newOutputs } = operation;
  const there = state.model.operations.find((other) => other.id === id);
  return (
    <section aria-label={`${id} ${words[change]}`} data-operation={id}>
      <h2>
        {summary || id} {words[change]}
      </h2>
      <p class="about">
        <code>{id}</code>{' '}
        {there !== undefined && <a href={`#operation=${encodeURIComponent(there.pointer)}`}>Open {id}</a>}
      </p>
      {change === 'changed' ? <ComparedFields operation={operation} /> : <Inputs fields={[...before, ...after]} />}
      {change === 'changed' && <NamedOutputs title="Outputs that are gone" keys={goneOutputs} />}
      {change !== 'gone' && <NamedOutputs title={change === 'new' ? 'Outputs' : 'New outputs'} keys={newOutputs} />}
    </section>
  );
}

/** Of an operation that is new or gone. */
function Inputs({ fields }: { fields: readonly Row[] }) {
  if (fields.length === 0) return <p class="note">It has no inputs.</p>;
  return <p>Inputs: {fields.map(({ label, key, required }) => `${label || key}${required ? ' *' : ''}`).join(', ')}</p>;
}

function NamedOutputs({ title, keys }: { title: string; keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <p>
      {title}: <code>{keys.join(', ')}</code>
    </p>
  );
}

/** Only what differs: the rest is counted. */
function ComparedFields({ operation: { id, before, after } }: { operation: ChangedOperation }) {
  const keys = [...new Set([...before, ...after].map(({ key }) => key))];
  const rows = keys.map((key) => [before, after].map((list) => list.find((field) => field.key === key)));
  const differing = rows.filter(([old, now]) => !isSame(old, now));
  const same = rows.length - differing.length;
  return (
    <>
      {differing.length > 0 && (
        <section class="table compared" aria-label={`Inputs of ${id}`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {differing.map(([old, now]) => (
                <tr key={(now ?? old)?.key} class="differs">
                  <td>{old === undefined ? 'not there' : describe(old)}</td>
                  <td>{now === undefined ? 'not there' : describe(now)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {same > 0 && <p class="note">{counted(same, 'input')} as before.</p>}
    </>
  );
}

function describe(field: Row): string {
  const { key, label, required, editor, type, shown, placeholder, choices, default: preset } = field;
  const about = [
    editor === type ? editor : `${editor}, ${type}`,
    ...(shown === 'advanced' ? ['advanced'] : []),
    ...(choices.length === 0 ? [] : [`one of ${choices.map((choice) => choice.label).join(' | ')}`]),
    ...(preset === null ? [] : [`default ${JSON.stringify(preset)}`]),
  ].join('; ');
  return `${label || key}${required ? ' *' : ''} (${about})${placeholder === '' ? '' : `: ${placeholder}`}`;
}
