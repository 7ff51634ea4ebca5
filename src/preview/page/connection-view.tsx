import { useId, useState } from 'preact/hooks';
import type { ConnectionField, ConnectionSet } from '../../runtime/form/form-model.ts';
import { useShared } from './context.ts';
import { Findings, Place } from './findings.tsx';
import { Tile } from './operation-view.tsx';
import { sources } from './sources.ts';
import { Required } from './text-editor.tsx';

/** The dialog that makes a connection. Nothing that is typed here is kept or sent. */
export function ConnectionView() {
  const { state } = useShared();
  const { connection, connector } = state.model;
  const [chosen, setChosen] = useState(0);
  const set = connection.sets[chosen] ?? connection.sets[0];
  return (
    <article aria-labelledby="connection-title">
      <h1 id="connection-title" tabIndex={-1}>
        Connection dialog
      </h1>
      <p class="description">What a maker fills in to connect. Nothing that is typed here is kept or sent.</p>
      <Findings home={{ in: 'connection', set: '', key: '' }} />
      <section class="form panel dialog" aria-label="Connection dialog">
        <h2 class="bar">
          <Tile small /> <span>{connector.title || 'Connector'}</span>
        </h2>
        {connection.asksForName && <NameField />}
        {connection.choice !== null && <SetChoice chosen={chosen} onChoose={setChosen} />}
        {set !== undefined && <SetFields key={`${set.name} ${chosen}`} set={set} />}
        {set?.signsIn === true ? <p class="note">A window of the service opens, where the maker signs in.</p> : null}
        {set !== undefined && set.fields.length === 0 && !set.signsIn && <p class="note">It asks for nothing else.</p>}
        <p>
          <button type="button" disabled>
            {set?.signsIn === true ? 'Sign in' : 'Create'}
          </button>
        </p>
      </section>
      <OtherSets chosen={chosen} sets={connection.sets} />
      <p class="source">{sources.connection}</p>
    </article>
  );
}

function NameField() {
  const id = useId();
  return (
    <div class="field">
      <div class="label">
        <label for={id}>
          Connection name
          <Required />
        </label>
      </div>
      <div class="editor">
        <input id={id} type="text" autocomplete="off" placeholder="Enter a name for the connection" />
      </div>
    </div>
  );
}

function SetChoice({ chosen, onChoose }: { chosen: number; onChoose: (index: number) => void }) {
  const { state } = useShared();
  const id = useId();
  const { choice, sets } = state.model.connection;
  if (choice === null) return null;
  return (
    <div class="field">
      <div class="label">
        <label for={id}>
          {choice.label}
          <Required />
        </label>
      </div>
      <div class="editor">
        <select id={id} value={String(chosen)} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
          {sets.map(({ name, label }, index) => (
            <option key={`${name} ${index}`} value={String(index)}>
              {label}
            </option>
          ))}
        </select>
        {choice.placeholder !== '' && <p class="note">{choice.placeholder}</p>}
      </div>
    </div>
  );
}

/** Findings in sets that aren't chosen: nobody should have to look for them. */
function OtherSets({ chosen, sets }: { chosen: number; sets: readonly ConnectionSet[] }) {
  const { state } = useShared();
  const names = new Set(state.model.findings.flatMap(({ home }) => (home.in === 'connection' ? home.set : [])));
  const others = sets.filter(({ name }, index) => index !== chosen && names.has(name));
  if (others.length === 0) return null;
  return (
    <section aria-label="Findings in other sets">
      <h2>Findings in other sets</h2>
      {others.map((set) => (
        <div key={set.name}>
          <h3>{set.label || set.name}</h3>
          <Findings home={{ in: 'connection', set: set.name, key: '' }} />
          {set.fields.map((field) => (
            <Findings key={field.key} home={{ in: 'connection', set: set.name, key: field.key }} />
          ))}
        </div>
      ))}
    </section>
  );
}

function SetFields({ set }: { set: ConnectionSet }) {
  const { state } = useShared();
  const [values, setValues] = useState<Record<string, string>>({});
  const valueAt = (key: string): string => values[key] ?? set.fields.find((field) => field.key === key)?.default ?? '';
  const isShown = ({ dependsOn, findings }: ConnectionField): boolean =>
    dependsOn === null || findings.length > 0 || valueAt(dependsOn.key) === dependsOn.value;
  return (
    <>
      {state.model.connection.choice !== null && <Findings home={{ in: 'connection', set: set.name, key: '' }} />}
      {set.fields.filter(isShown).map((field) => (
        <ConnectionFieldRow
          key={field.key}
          set={set.name}
          field={field}
          value={valueAt(field.key)}
          onChange={(text) => setValues({ ...values, [field.key]: text })}
        />
      ))}
    </>
  );
}

interface RowProps {
  set: string;
  field: ConnectionField;
  value: string;
  onChange: (text: string) => void;
}

function ConnectionFieldRow({ set, field, value, onChange }: RowProps) {
  const id = useId();
  const note = `${id}-note`;
  const { key, label, tooltip, required, masked, choices, pointer, dependsOn, type } = field;
  const isChoice = choices.length > 0 || type === 'bool';
  return (
    <div class="field" data-key={key}>
      <div class="label">
        <label for={id}>
          {label}
          {required && <Required />}
        </label>
        <Place file="properties" pointer={pointer} />
      </div>
      <div class="editor">
        {isChoice ? (
          <select
            id={id}
            value={value}
            aria-describedby={note}
            onChange={(event) => onChange(event.currentTarget.value)}
          >
            {(choices.length > 0
              ? choices
              : [
                  { value: '', label: '' },
                  { value: 'true', label: 'Yes' },
                  { value: 'false', label: 'No' },
                ]
            ).map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        ) : (
          <input
            {...(masked ? { type: 'password' as const } : { type: 'text' as const })}
            id={id}
            autocomplete="off"
            value={value}
            placeholder={tooltip}
            aria-describedby={note}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )}
        <p class="note" id={note}>
          <code>{key}</code> {type}
          {tooltip !== '' && (isChoice || tooltip.length > 44 || value !== '') && ` · ${tooltip}`}
          {type === 'gatewaysetting' && ' · a list of on-premises data gateways'}
          {dependsOn !== null && ` · shown while ${dependsOn.key} is ${dependsOn.value || 'empty'}`}
        </p>
        <Findings home={{ in: 'connection', set, key }} />
      </div>
    </div>
  );
}
