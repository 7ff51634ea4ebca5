import { useState } from 'preact/hooks';
import type { FormField, FormOperation } from '../../runtime/form/form-model.ts';
import { keepText, typedText, useShared } from './context.ts';
import { FieldEditor } from './editors.tsx';
import { Findings, Place, ShownElsewhere } from './findings.tsx';
import { Badges } from './operation-list.tsx';
import { Outputs } from './outputs.tsx';
import { sources } from './sources.ts';
import { Required } from './text-editor.tsx';
import { TryIt } from './try-it.tsx';

/** An operation as a maker sees it: as a card, or in the panel at the side. */

export function OperationView({ operation }: { operation: FormOperation }) {
  const { state } = useShared();
  const [layout, setLayout] = useState<'card' | 'panel'>('card');
  const { id, summary, description, method, path, pointer, trigger } = operation;
  return (
    <article aria-labelledby="operation-title" class="operation">
      <header>
        <h1 id="operation-title" tabIndex={-1}>
          {summary || id}
        </h1>
        <p class="about">
          <code>{id}</code> <Badges operation={operation} /> ·{' '}
          <code>
            {method} {path}
          </code>{' '}
          · <Place pointer={pointer} />
        </p>
        {description !== '' && <p class="description">{description}</p>}
        {trigger !== undefined && <TriggerNote operation={operation} />}
        <Findings home={{ in: 'operation', operation: pointer, part: 'operation', key: '' }} />
        <ShownElsewhere operation={pointer} />
      </header>
      <fieldset class="layouts">
        <legend>Show as</legend>
        {(['card', 'panel'] as const).map((name) => (
          <label key={name}>
            <input type="radio" name="layout" checked={layout === name} onChange={() => setLayout(name)} />{' '}
            {name === 'card' ? 'Card' : 'Side panel'}
          </label>
        ))}
      </fieldset>
      <Form operation={operation} layout={layout} />
      <Outputs operation={operation} />
      {!state.isStatic && <TryIt operation={operation} key={`try ${pointer}`} />}
      <p class="source">{sources.designer}</p>
    </article>
  );
}

function TriggerNote({ operation: { trigger, splitOn } }: { operation: FormOperation }) {
  if (trigger === undefined) return null;
  const start =
    trigger.way === 'webhook'
      ? 'A run starts when the service calls back: the flow subscribes when it is switched on.'
      : 'A run starts when the service answers 200 to a poll; 202 means that there is nothing new.';
  const runs =
    trigger.runs === 'batch'
      ? splitOn === null
        ? 'Batch, but its answer is no list, and not an object whose only visible property is one: nothing can be split on.'
        : `Batch: each element of ${splitOn} starts a run of its own (split on).`
      : 'Single: one run for all that is new.';
  return (
    <div class="trigger">
      <p>{start}</p>
      <p>{runs}</p>
      {trigger.hint !== '' && <p class="hint">{trigger.hint}</p>}
    </div>
  );
}

function Form({ operation, layout }: { operation: FormOperation; layout: 'card' | 'panel' }) {
  const shared = useShared();
  const [isOpen, setOpen] = useState<Record<string, boolean>>({});
  const { fields, pointer, id, summary } = operation;
  const { brandColor } = shared.state.model.connector;
  const shows = isOpen[pointer] === true;
  const hasContent = ({ key }: FormField): boolean => (typedText(shared, pointer, key) ?? '') !== '';
  const hasFinding = (field: FormField): boolean => field.findings.length > 0;
  const visible = fields.filter((field) => field.shown === 'always' || shows || hasContent(field) || hasFinding(field));
  const advanced = fields.filter(({ shown }) => shown === 'advanced').length;
  const clear = (): void => {
    for (const { key, shown } of fields) if (shown === 'advanced') keepText(shared, pointer, key, '');
    setOpen({ ...isOpen, [pointer]: false });
  };
  return (
    <section class={`form ${layout}`} aria-label="Inputs">
      <h2 class="bar" style={{ '--brand': safeColor(brandColor) }}>
        <Tile small /> <span>{summary || id}</span>
      </h2>
      {fields.length === 0 && <p class="note">It has no inputs.</p>}
      {visible.map((field) => (
        <FieldRow key={field.key} operation={operation} field={field} />
      ))}
      {advanced > 0 && (
        <p class="advanced">
          <button type="button" aria-expanded={shows} onClick={() => setOpen({ ...isOpen, [pointer]: !shows })}>
            {shows ? 'Hide advanced parameters' : 'Show advanced parameters'}
          </button>{' '}
          {layout === 'panel' && (
            <button type="button" class="quiet" onClick={clear}>
              Clear all
            </button>
          )}
          <span class="note">
            {visible.filter(({ shown }) => shown === 'advanced').length} of {advanced} shown
          </span>
        </p>
      )}
    </section>
  );
}

function FieldRow({ operation, field }: { operation: FormOperation; field: FormField }) {
  const id = `field-${operation.id}-${field.key}`.replaceAll(/[^\w-]/g, '_');
  const noteId = `${id}-note`;
  return (
    <div class="field" data-key={field.key} data-editor={field.editor}>
      <div class="label">
        <FieldLabel field={field} id={id} />
        <Place pointer={field.pointer} />
      </div>
      <div class="editor">
        <FieldEditor operation={operation.pointer} field={field} name={field.key} id={id} describedBy={noteId} />
        <p class="note" id={noteId}>
          {isCutOff(field) && <span class="long">{field.placeholder}</span>}
          <code>{field.key}</code> {describeType(field)}
          {field.dynamic !== null && <DynamicNote field={field} fields={operation.fields} />}
        </p>
        <Findings home={{ in: 'operation', operation: operation.pointer, part: 'field', key: field.key }} />
      </div>
    </div>
  );
}

/** A list has no single control that it could be the label of. */
function FieldLabel({ field, id }: { field: FormField; id: string }) {
  const content = (
    <>
      {field.label}
      {field.required && <Required />}
    </>
  );
  const isGroup = field.editor === 'array' || field.editor === 'dictionary';
  if (isGroup) return <span id={`${id}-label`}>{content}</span>;
  return (
    <label id={`${id}-label`} for={id}>
      {content}
    </label>
  );
}

/** Longer texts don't fit into an input, where the designer shows them too. */
const isCutOff = ({ placeholder }: FormField): boolean => placeholder.length > 44;

function describeType({ type, format, editor, default: given, required }: FormField): string {
  const parts = [format === '' ? type : `${type}, ${format}`];
  if (editor === 'tree') parts.push('picker');
  if (given !== null)
    parts.push(`default ${JSON.stringify(given).slice(0, 60)}${required ? '' : ' (sent once it is added)'}`);
  return parts.join(' · ');
}

function DynamicNote({ field, fields }: { field: FormField; fields: readonly FormField[] }) {
  const { dynamic } = field;
  if (dynamic === null) return null;
  const needs = dynamic.dependsOn.map((key) => fields.find((other) => other.key === key)?.label ?? key);
  const what = field.editor === 'dynamic' ? 'Its fields come from' : 'Its values come from';
  return (
    <span class="dynamic">
      {' '}
      · {what} <code>{dynamic.operationId || 'an operation that is not named'}</code>
      {needs.length > 0 && `, once ${needs.join(' and ')} ${needs.length > 1 ? 'are' : 'is'} known`}
    </span>
  );
}

/** Only colours pass: the value comes from a file. */
export const safeColor = (color: string): string => (/^#[0-9a-f]{3}(?:[0-9a-f]{3})?$/i.test(color) ? color : '#5b6470');

/** Whether dark letters are read better on it: by the luminance of WCAG 2.2, at equal contrast to black and white. */
function isBright(color: string): boolean {
  const digits = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit) : color.slice(1).match(/../g);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => (Number.parseInt(pair, 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2;
}

/** The connector's icon on its colour. */
export function Tile({ small = false }: { small?: boolean }) {
  const { state } = useShared();
  const { title, brandColor } = state.model.connector;
  return (
    <span
      class={small ? 'tile small' : 'tile'}
      style={{ background: safeColor(brandColor), color: isBright(safeColor(brandColor)) ? '#1d2430' : '#ffffff' }}
    >
      {state.icon === '' ? (
        <span aria-hidden="true">{title.slice(0, 1).toUpperCase() || '?'}</span>
      ) : (
        <img src={state.icon} alt={small ? '' : `Icon of ${title}`} />
      )}
    </span>
  );
}
