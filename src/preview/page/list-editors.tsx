import { useState } from 'preact/hooks';
import type { FormField } from '../../runtime/form/form-model.ts';
import { useShared } from './context.ts';
import { type ChosenFile, FileInput } from './file-input.tsx';
import { Area, type EditorProps, Required, useText } from './text-editor.tsx';

/** Editors of lists and dictionaries: what they hold is kept as JSON. */

/** What a text says as JSON; undefined where it isn't JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Item by item, or the whole list as JSON. */
export function ListEditor(props: EditorProps) {
  const { operation, field, name, id } = props;
  const shared = useShared();
  const [isWhole, setWhole] = useState(field.items === undefined);
  const [text, setText] = useText(props);
  const elements = listOf(parsed(text));
  const items = field.items ?? [];
  const change = (next: unknown[]): void => setText(next.length === 0 ? '' : JSON.stringify(next));
  return (
    <fieldset class="list" aria-labelledby={`${id}-label`}>
      {isWhole ? (
        <Area {...props} />
      ) : (
        <ol>
          {elements.map((element, index) => (
            <li key={index}>
              <Element
                {...{ operation, items, element, label: `${field.label} ${index + 1}`, name: `${name}/${index}` }}
                onChange={(next) => change(elements.map((other, at) => (at === index ? next : other)))}
              />
              <button
                type="button"
                class="quiet"
                aria-label={`Remove ${field.label} ${index + 1}`}
                onClick={() => change(elements.filter((_, at) => at !== index))}
              >
                Remove
              </button>
            </li>
          ))}
        </ol>
      )}
      <p class="note">
        {!isWhole && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              change([...elements, items.length === 1 && items[0]?.key === '' ? '' : {}]);
              shared.announce(`${field.label} ${elements.length + 1} added`);
            }}
          >
            Add new item
          </button>
        )}
        {field.items !== undefined && (
          <button type="button" class="quiet" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Enter items one by one' : 'Enter the whole list'}
          </button>
        )}
      </p>
    </fieldset>
  );
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export interface ElementProps {
  operation: string;
  items: readonly FormField[];
  element: unknown;
  label: string;
  name: string;
  /** Key of an item → a value that it might have. */
  examples?: Readonly<Record<string, string>>;
  onChange: (next: unknown) => void;
}

/** One element of a list, or one object: a field for each of its parts. */
export function Element({ items, element, label, name, examples = {}, onChange }: ElementProps) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {items.map((item) => {
        const path = item.key.split('/');
        return (
          <ElementField
            key={item.key}
            item={item}
            id={`${name}/${item.key}`.replaceAll(/[^\w-]/g, '_')}
            example={examples[item.key]}
            value={item.key === '' ? element : below(element, path)}
            onChange={(next) => onChange(item.key === '' ? (next ?? '') : withBelow(element, path, next))}
          />
        );
      })}
    </fieldset>
  );
}

interface ElementFieldProps {
  item: FormField;
  id: string;
  example: string | undefined;
  value: unknown;
  onChange: (next: unknown) => void;
}

function ElementField({ item, id, example, value, onChange }: ElementFieldProps) {
  const note = example === undefined ? undefined : `${id}-note`;
  const common = { id, 'aria-describedby': note };
  const [draft, setDraft] = useState('');
  const typed = (text: string): unknown => (text === '' ? undefined : typedAs(item.type, text));
  const set = (text: string): void => {
    setDraft(text);
    onChange(typed(text));
  };
  // what is being typed is more than its value: 1. is on the way to 1.5
  const isDraft = JSON.stringify(typed(draft)) === JSON.stringify(value);
  return (
    <div class="nested">
      <label for={id}>
        {item.label}
        {item.required && item.key !== '' && <Required />}
      </label>
      {item.editor === 'file' ? (
        <FileInput
          field={item}
          id={id}
          chosen={isFile(value) ? value : undefined}
          onChange={onChange}
          {...(note === undefined ? {} : { describedBy: note })}
        />
      ) : item.editor === 'enum' || item.editor === 'boolean' ? (
        <select {...common} value={String(value ?? '')} onChange={(event) => set(event.currentTarget.value)}>
          <option value="" />
          {(item.editor === 'boolean' ? yesNo : item.choices).map((choice) => (
            <option key={String(choice.value)} value={String(choice.value)}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          type="text"
          autocomplete="off"
          placeholder={item.placeholder}
          value={isDraft ? draft : typeof value === 'object' ? JSON.stringify(value ?? '') : String(value ?? '')}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
      {example !== undefined && (
        <p class="note" id={note}>
          For example {example}
        </p>
      )}
    </div>
  );
}

const isFile = (value: unknown): value is ChosenFile =>
  isObject(value) && typeof value.name === 'string' && typeof value.base64 === 'string';

const yesNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const below = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);

/** Without what is undefined then, and objects that are empty by that. */
function withBelow(value: unknown, [key = '', ...rest]: readonly string[], next: unknown): Record<string, unknown> {
  const { [key]: inner, ...others } = isObject(value) ? value : {};
  const changed = rest.length === 0 ? next : withBelow(inner, rest, next);
  const isNothing = changed === undefined || (rest.length > 0 && Object.keys(changed as object).length === 0);
  return isNothing ? others : { ...(isObject(value) ? value : {}), [key]: changed };
}

function typedAs(type: string, text: string): unknown {
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type === 'boolean') return text === 'true';
  return type === 'object' || type === 'array' ? (parsed(text) ?? text) : text;
}

/** Names and values, row by row. */
export function Dictionary(props: EditorProps) {
  const [text, setText] = useText(props);
  const { field, id } = props;
  const value = parsed(text);
  const rows = isObject(value) ? Object.entries(value) : [];
  const change = (next: [string, unknown][]): void =>
    setText(next.length === 0 ? '' : JSON.stringify(Object.fromEntries(next)));
  return (
    <fieldset class="list" aria-labelledby={`${id}-label`}>
      {rows.map(([name, content], index) => (
        <div class="row" key={index}>
          <CommittedInput
            label={`Name ${index + 1} of ${field.label}`}
            value={name}
            onCommit={(text) => change(rows.map((row, at) => (at === index ? [text, row[1]] : row)))}
          />
          <CommittedInput
            label={`Value ${index + 1} of ${field.label}`}
            value={typeof content === 'string' ? content : JSON.stringify(content)}
            onCommit={(text) => change(rows.map((row, at) => (at === index ? [row[0], text] : row)))}
          />
          <button
            type="button"
            class="quiet"
            aria-label={`Remove ${name}`}
            onClick={() => change(rows.filter((_, at) => at !== index))}
          >
            Remove
          </button>
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => change([...rows, [`name${rows.length + 1}`, '']])}>
        Add a name and value
      </button>
    </fieldset>
  );
}

/** Half a name might be the name of another row: a text counts once it is left, and stays in the meantime. */
function CommittedInput({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: string;
  onCommit: (text: string) => void;
}) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  return (
    <input
      type="text"
      aria-label={label}
      value={draft ?? value}
      onInput={(event) => setDraft(event.currentTarget.value)}
      onChange={(event) => {
        setDraft(undefined);
        onCommit(event.currentTarget.value);
      }}
    />
  );
}
