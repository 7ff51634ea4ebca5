import { blocksOfText, inert, inline, paragraph, table } from './markdown.ts';
import type { FieldFacts, OperationFacts } from './operation-facts.ts';

/** Rows of one table; a request with hundreds of fields is better looked up in the designer. */
const maxRows = 60;

/** Allowed values that are named; more of them are only counted. */
const maxChoices = 12;

/** Every visible operation under a heading of its own, with a table of its inputs. */
export function operationsBlock(operations: readonly OperationFacts[]): string {
  if (operations.length === 0) return 'The connector has no operations yet.';
  return blocksOfText(...operations.map(operationText));
}

function operationText(operation: OperationFacts): string {
  return blocksOfText(`### ${headingText(operation.summary)}`, introduction(operation), inputs(operation.fields));
}

/** Word for word, so that a search for the summary finds it: Markdown itself makes one blank of several. */
const headingText = (summary: string): string => inert(summary).trim();

function introduction({ description, isTrigger, isDeprecated }: OperationFacts): string {
  const marks = [isTrigger ? '*Trigger.*' : '', isDeprecated ? '*Deprecated: use another operation in new work.*' : ''];
  const text = marks.some((mark) => mark !== '') ? inline(description) : paragraph(description);
  return [...marks, text].filter((part) => part !== '').join(' ');
}

function inputs(fields: readonly FieldFacts[]): string {
  if (fields.length === 0) return '';
  const shown = fields.slice(0, maxRows);
  const rows = shown.map((field) => [
    field.labels.map(inline).join(' / '),
    field.required ? 'Yes' : 'No',
    describe(field),
  ]);
  const rest = fields.length - shown.length;
  const more = rest === 0 ? '' : `There ${rest === 1 ? 'is 1 more parameter' : `are ${rest} more parameters`}.`;
  return blocksOfText(table(['Parameter', 'Required', 'Description'], rows), more);
}

function describe({ description, choices }: FieldFacts): string {
  const text = inline(description);
  const choice = choiceText(choices.map(inline));
  if (text === '' || choice === '') return text + choice;
  return `${/[.!?:]["')\]]*$/.test(text) ? text : `${text}.`} ${choice}`;
}

function choiceText(choices: readonly string[]): string {
  if (choices.length === 0) return '';
  if (choices.length > maxChoices) return `One of ${choices.length} values.`;
  return `${choices.length === 1 ? 'Only' : 'One of'}: ${choices.join(', ')}.`;
}
