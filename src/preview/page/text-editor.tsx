import type { FormField } from '../../runtime/form/form-model.ts';
import { keepText, typedText, useShared } from './context.ts';

/** What all editors are made of. */

export interface EditorProps {
  operation: string;
  field: FormField;
  /** Key of the kept value; of an element of a list another one than the field's. */
  name: string;
  id: string;
  describedBy: string;
}

/** What is shown before anybody has typed: the default, where the input is required. */
const startOf = ({ default: given, required }: FormField): string =>
  given === null || !required ? '' : typeof given === 'string' ? given : JSON.stringify(given);

export function useText({ operation, field, name }: EditorProps): [string, (text: string) => void] {
  const shared = useShared();
  return [typedText(shared, operation, name) ?? startOf(field), (text) => keepText(shared, operation, name, text)];
}

export function Area(props: EditorProps) {
  const [text, setText] = useText(props);
  const { field, id, describedBy } = props;
  return (
    <textarea
      id={id}
      aria-labelledby={`${id}-label`}
      rows={3}
      value={text}
      required={field.required}
      placeholder={field.placeholder || (field.editor === 'html' ? 'Rich text' : '{ }')}
      aria-describedby={describedBy}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  );
}

export const Required = () => (
  <abbr class="required" title="required">
    *
  </abbr>
);
