import { useState } from 'preact/hooks';
import { counted } from '../../counted.ts';
import type { FormField } from '../../runtime/form/form-model.ts';
import type { Known, Source } from '../page-state.ts';
import { useShared } from './context.ts';
import { Element, parsed } from './list-editors.tsx';
import { loadFields } from './store.ts';
import { Area, type EditorProps, useText } from './text-editor.tsx';

export const notAsked = 'The connection has no values here, so the API was not asked';

/** Where the parts of what is known at run time come from. */
export const saidBy: Readonly<Record<Source, string>> = {
  examples: 'By an example in the definition.',
  tests: "By an answer in the connector's tests.",
  api: 'By the API.',
};

export const nobodySays = 'Not known here: neither an example in the definition nor an answer in a test tells.';

/** An object whose fields are known at run time only: those of an example, those that the API tells, or JSON. */
export function DynamicEditor(props: EditorProps) {
  const { operation, field, name } = props;
  const { state, announce, values } = useShared();
  const [text, setText] = useText(props);
  const [loaded, setLoaded] = useState<Known<FormField> | undefined>(undefined);
  const known = loaded ?? state.sampleFields[operation]?.[field.key];
  const load = async (): Promise<void> => {
    try {
      const texts = Object.fromEntries(values.get(operation) ?? []);
      const { told } = await loadFields({ operation, key: field.key, texts });
      if (told !== null) setLoaded(told);
      announce(told === null ? notAsked : `${counted(told.parts.length, 'field')} of ${field.label}`);
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
  };
  const change = (next: unknown): void => setText(isEmpty(next) ? '' : JSON.stringify(next));
  return (
    <div class="dynamic-fields">
      {known === undefined ? (
        <Area {...props} />
      ) : (
        <Element
          {...{ operation, items: known.parts, element: parsed(text), label: `Fields of ${field.label}`, name }}
          examples={known.examples}
          onChange={change}
        />
      )}
      <p class="note">
        {known === undefined ? nobodySays : saidBy[known.from]}{' '}
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
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
