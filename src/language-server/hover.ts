import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { toPointer } from '../connector/json/pointer.ts';
import { asObject, getOwn } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { rulePageAddress } from '../homepage.ts';
import type { Finding } from '../rules/engine/run.ts';
import { ruleById } from '../rules/families/catalogue.ts';
import type { FormField, FormOperation } from '../runtime/form/form-model.ts';
import { formModel } from '../runtime/form.ts';
import { type At, rangeOf } from './positions.ts';

/** What is known about a place: the rules that it breaks, and how makers see it. */
export function hoverAt(
  document: TextDocument,
  at: At,
  connector: Connector,
  findings: readonly Finding[],
): Hover | undefined {
  const pointer = toPointer(at.path);
  const broken = [...new Set(findings.filter((finding) => finding.pointer === pointer).map(({ rule }) => rule))];
  const parts = [...designerText(connector, pointer), ...broken.map(ruleText)];
  if (parts.length === 0) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
    range: rangeOf(document, at.node),
  };
}

function ruleText(id: string): string {
  const rule = ruleById.get(id);
  if (rule === undefined) return id;
  return [`**[${id}](${rulePageAddress(id)})**: ${rule.title}`, `Why: ${rule.why}`, `Remedy: ${rule.remedy}`].join(
    '\n\n',
  );
}

/** The field, or the operation, that the place is a part of. */
function designerText(connector: Connector, pointer: string): string[] {
  const definition = asObject(connector.definition?.value);
  const inner = asObject(getOwn(asObject(connector.properties?.value), 'properties'));
  if (!pointer.startsWith('/paths/') && !pointer.startsWith('/definitions/') && !pointer.startsWith('/parameters/'))
    return [];
  const { operations } = formModel(definition, inner);
  const isPart = (whole: string): boolean => pointer === whole || pointer.startsWith(`${whole}/`);
  const found = operations
    .flatMap((operation) => operation.fields.map((field) => ({ operation, field })))
    .filter(({ field }) => isPart(field.pointer))
    .sort((a, b) => b.field.pointer.length - a.field.pointer.length)[0];
  return found === undefined ? [] : [fieldText(found.operation, found.field)];
}

function fieldText(operation: FormOperation, field: FormField): string {
  const facts = [
    field.required ? 'required' : 'optional',
    field.shown === 'advanced' ? 'among the advanced parameters' : 'always shown',
    `editor: ${field.editor}`,
  ];
  return `Makers see **${quoted(field.label)}** in *${quoted(operation.summary)}* (${facts.join(', ')})`;
}

/** Texts of a connector are data: no markup of theirs reaches the editor. */
const quoted = (text: string): string => text.replaceAll(/[\\`*_{}[\]()<>#!|]/g, '\\$&').replaceAll(/\s+/g, ' ');
