import { useState } from 'preact/hooks';
import type { FormField } from '../../runtime/form/form-model.ts';
import { useShared } from './context.ts';
import { Element, parsed } from './list-editors.tsx';
import { loadFields } from './store.ts';
import { Area, type EditorProps, useText } from './text-editor.tsx';

/** An object whose fields are known at run time only: those of an example, those that the API tells, or JSON. */
export function DynamicEditor(props: EditorProps) {
  const { operation, field, name } = props;
  const { state, announce, values } = useShared();
  const [text, setText] = useText(props);
  const [loaded, setLoaded] = useState<FormField[] | undefined>(undefined);
  const samples = state.sampleFields[operation]?.[field.key] ?? [];
  const fields = loaded ?? samples;
  const load = async (): Promise<void> => {
    try {
      const texts = Object.fromEntries(values.get(operation) ?? []);
      const { fields: found, isMadeUp } = await loadFields({ operation, key: field.key, texts });
      if (!isMadeUp) setLoaded(found);
      announce(
        isMadeUp
          ? 'The connection has no values here, so the API was not asked'
          : `${found.length} fields of ${field.label}`,
      );
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
  };
  const change = (next: unknown): void => setText(isEmpty(next) ? '' : JSON.stringify(next));
  return (
    <div class="dynamic-fields">
      {fields.length > 0 ? (
        <Element
          {...{ operation, items: fields, element: parsed(text), label: `Fields of ${field.label}`, name }}
          onChange={change}
        />
      ) : (
        <Area {...props} />
      )}
      <p class="note">
        {loaded === undefined &&
          (fields.length > 0
            ? 'These fields are those of an example in the definition. '
            : 'Which fields there are, no example in the definition tells. ')}
        {!state.isStatic && (
          <button type="button" class="quiet" onClick={load} aria-label={`Load fields of ${field.label}`}>
            Load fields
          </button>
        )}
      </p>
    </div>
  );
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every((part) => part === '');
