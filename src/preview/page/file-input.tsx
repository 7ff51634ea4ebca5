import { useRef } from 'preact/hooks';
import type { FormField } from '../../runtime/form/form-model.ts';

/** A file as the engine takes it. */
export interface ChosenFile {
  name: string;
  base64: string;
}

interface FileInputProps {
  field: FormField;
  id: string;
  describedBy?: string;
  chosen: ChosenFile | undefined;
  onChange: (file: ChosenFile | undefined) => void;
}

/** Chooses a file of this machine, and the name that it is sent under, where it has one. */
export function FileInput({ field, id, describedBy, chosen, onChange }: FileInputProps) {
  // reading takes a while, and what is beside the file may be typed meanwhile
  const latest = useRef(onChange);
  latest.current = onChange;
  const read = (file: File | undefined): void => {
    if (file === undefined) {
      onChange(undefined);
      return;
    }
    const reader = new FileReader();
    reader.onload = () => latest.current({ name: file.name, base64: String(reader.result).replace(/^[^,]*,/, '') });
    reader.readAsDataURL(file);
  };
  return (
    <div>
      <input
        id={id}
        type="file"
        required={field.required}
        aria-describedby={describedBy}
        onChange={(event) => read(event.currentTarget.files?.[0])}
      />
      {field.hasFileName === true && (
        <label class="nested">
          {field.label} (file name)
          <input
            type="text"
            autocomplete="off"
            value={chosen?.name ?? ''}
            disabled={chosen === undefined}
            placeholder="invoice.pdf"
            onInput={(event) => onChange({ base64: chosen?.base64 ?? '', name: event.currentTarget.value })}
          />
        </label>
      )}
      {chosen !== undefined && field.hasFileName !== true && <p class="note">Chosen: {chosen.name}</p>}
    </div>
  );
}
