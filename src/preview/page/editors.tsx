import { useId, useState } from 'preact/hooks';
import { counted } from '../../counted.ts';
import { useShared } from './context.ts';
import { DynamicEditor, notAsked } from './dynamic-editor.tsx';
import { type ChosenFile, FileInput } from './file-input.tsx';
import { Dictionary, ListEditor } from './list-editors.tsx';
import { loadChoices } from './store.ts';
import { Area, type EditorProps, useText } from './text-editor.tsx';

/** The editors of fields. What is typed is kept by operation and key. */

export function FieldEditor(props: EditorProps) {
  const { field } = props;
  switch (field.editor) {
    case 'boolean':
      return (
        <Choice
          {...props}
          options={[
            ['true', 'Yes'],
            ['false', 'No'],
          ]}
        />
      );
    case 'enum':
      return <Choice {...props} options={field.choices.map(({ value, label }) => [String(value), label])} />;
    case 'combobox':
      return <Combobox {...props} />;
    case 'array':
      return <ListEditor {...props} />;
    case 'dictionary':
      return <Dictionary {...props} />;
    case 'file':
      return <FileEditor {...props} />;
    case 'html':
    case 'object':
      return <Area {...props} />;
    case 'dynamic':
      return <DynamicEditor {...props} />;
    case 'tree':
      return <Tree {...props} />;
    default:
      return <Line {...props} />;
  }
}

const hints: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T10:00:00Z',
  'date-no-tz': '2026-01-31T10:00:00',
  date: '2026-01-31',
};

function Line(props: EditorProps) {
  const [text, setText] = useText(props);
  const { field, id, describedBy } = props;
  const hint = field.editor === 'date' ? hints[field.format] : undefined;
  return (
    <input
      id={id}
      type="text"
      autocomplete="off"
      inputMode={field.editor === 'number' ? 'decimal' : undefined}
      value={text}
      required={field.required}
      placeholder={field.placeholder || hint || ''}
      aria-describedby={describedBy}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  );
}

function Choice(props: EditorProps & { options: (readonly [string, string])[] }) {
  const [text, setText] = useText(props);
  const { field, id, options, describedBy } = props;
  return (
    <select
      id={id}
      value={text}
      required={field.required}
      aria-describedby={describedBy}
      onChange={(event) => setText(event.currentTarget.value)}
    >
      <option value="">{field.required ? field.placeholder || 'Choose a value' : ''}</option>
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** A drop-down that an operation fills, and any text besides. */
function Combobox(props: EditorProps) {
  const { state, announce, ...shared } = useShared();
  const [text, setText] = useText(props);
  const { operation, field, id, describedBy } = props;
  const [loaded, setLoaded] = useState<{ value: string; label: string }[] | undefined>(undefined);
  const listId = useId();
  const fixed = field.choices.map(({ value, label }) => ({ value: String(value), label }));
  const options = loaded ?? (fixed.length > 0 ? fixed : (state.samples[operation]?.[field.key] ?? []));
  const load = async (): Promise<void> => {
    try {
      const texts = Object.fromEntries(shared.values.get(operation) ?? []);
      const { told } = await loadChoices({ operation, key: field.key, texts });
      if (told === null) {
        announce(notAsked);
        return;
      }
      setLoaded(told);
      announce(`${counted(told.length, 'value')} for ${field.label}`);
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div class="combobox">
      <input
        id={id}
        type="text"
        autocomplete="off"
        list={listId}
        value={text}
        required={field.required}
        placeholder={field.placeholder}
        aria-describedby={describedBy}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {options.map(({ value, label }) => (
          <option key={value} value={value} label={label} />
        ))}
      </datalist>
      {field.dynamic !== null && (
        <p class="note">
          {loaded === undefined &&
            options.length > 0 &&
            `For example ${options
              .slice(0, 3)
              .map(({ label }) => label)
              .join(', ')}. `}
          {!state.isStatic && (
            <button type="button" class="quiet" onClick={load} aria-label={`Load values of ${field.label}`}>
              Load values
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function Tree(props: EditorProps) {
  return (
    <div>
      <Line {...props} />
      <p class="note">The designer opens a picker of files and folders here.</p>
    </div>
  );
}

function FileEditor({ operation, field, name, id, describedBy }: EditorProps) {
  const { files, redraw } = useShared();
  const keep = (file: ChosenFile | undefined): void => {
    const ofOperation = files.get(operation) ?? new Map<string, ChosenFile>();
    files.set(operation, ofOperation);
    if (file === undefined) ofOperation.delete(name);
    else ofOperation.set(name, file);
    redraw();
  };
  return (
    <FileInput
      field={field}
      id={id}
      describedBy={describedBy}
      chosen={files.get(operation)?.get(name)}
      onChange={keep}
    />
  );
}
