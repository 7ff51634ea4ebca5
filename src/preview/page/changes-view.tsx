import type { Breakage, ChangedOperation, ComparedField } from '../against-state.ts';
import { useShared } from './context.ts';
import { sources } from './sources.ts';

/** What an update changes for makers, before beside after. */
export function ChangesView({ against }: { against: Breakage }) {
  const { state } = useShared();
  const { base, changes, operations } = against;
  return (
    <article aria-labelledby="changes-title">
      <h1 id="changes-title" tabIndex={-1}>
        What changes since {base}
      </h1>
      {changes.length === 0 && operations.length === 0 && <p class="note">Nothing changes for makers.</p>}
      {changes.length > 0 && (
        <ul class="findings" aria-label="Changes">
          {changes.map(({ kind, severity, message, file, line, operation }, index) => (
            <li key={`${kind} ${index}`} class={`finding ${severity}`} data-change={kind}>
              <p class="message">
                <span class="severity">{severity}</span> {operation !== '' && <strong>{operation}: </strong>}
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
        <ChangedForm
          key={`${operation.change} ${operation.id}`}
          operation={operation}
          isThere={state.model.operations.some(({ id }) => id === operation.id)}
        />
      ))}
      <p class="source">{sources.changes}</p>
    </article>
  );
}

const words = { new: 'is new', gone: 'is gone', changed: 'changes' } as const;

type Row = ComparedField;

const isSame = (a: Row | undefined, b: Row | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

function ChangedForm({ operation, isThere }: { operation: ChangedOperation; isThere: boolean }) {
  const { id, summary, change, before, after, goneOutputs, newOutputs } = operation;
  const keys = [...new Set([...before, ...after].map(({ key }) => key))];
  return (
    <section aria-label={`${id} ${words[change]}`} data-operation={id}>
      <h2>
        {summary || id} {words[change]} {isThere && <span class="badge">{id}</span>}
      </h2>
      {keys.length > 0 && (
        <section class="table" aria-label={`Fields of ${id}`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => {
                const [old, now] = [before, after].map((list) => list.find((field) => field.key === key));
                return (
                  <tr key={key} class={isSame(old, now) ? '' : 'differs'}>
                    <td>{describe(old)}</td>
                    <td>{describe(now)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      {goneOutputs.length > 0 && <p>Outputs that are gone: {goneOutputs.join(', ')}</p>}
      {newOutputs.length > 0 && <p>New outputs: {newOutputs.join(', ')}</p>}
    </section>
  );
}

function describe(field: Row | undefined): string {
  if (field === undefined) return '–';
  const { key, label, required, editor, type, shown, placeholder, choices, default: preset } = field;
  const about = [
    editor === type ? editor : `${editor}, ${type}`,
    ...(shown === 'advanced' ? ['advanced'] : []),
    ...(choices.length === 0 ? [] : [`one of ${choices.map((choice) => choice.label).join(' | ')}`]),
    ...(preset === null ? [] : [`default ${JSON.stringify(preset)}`]),
  ].join('; ');
  return `${label || key}${required ? ' *' : ''} (${about})${placeholder === '' ? '' : `: ${placeholder}`}`;
}
