import type { ConnectorDraft } from '../connector/draft.ts';
import { parametersOf } from '../connector/follow.ts';
import { asArray, asObject, getOwn, isObject, type Json } from '../connector/json/value.ts';
import { listOperations } from '../connector/operations.ts';
import { nearest } from '../did-you-mean.ts';
import { connectionParametersIn, expressionsOf } from './expressions.ts';
import type { NewPolicy } from './policies.ts';
import type { PolicyContext, PolicyTemplate } from './template.ts';
import { policyTemplate } from './templates.ts';

/**
 * What is wrong with a policy (docs/reference/policy-templates.md#expressions and
 * docs/reference/policy-templates.md#templates), or undefined.
 */
export function policyProblem(draft: ConnectorDraft, policy: NewPolicy): string | undefined {
  const description = policyTemplate(policy.templateId);
  if (description === undefined) return undefined;
  return (
    parameterProblem(description, policy) ??
    sectionProblem(description, policy) ??
    scopeProblem(draft, description, policy) ??
    textsOf(policy)
      .map((text) => expressionProblem(draft, text, policy.templateId))
      .find((problem) => problem !== undefined) ??
    description.check?.(policy, contextOf(draft))
  );
}

function parameterProblem(description: PolicyTemplate, { parameters }: NewPolicy): string | undefined {
  for (const { name, required, choices, example } of description.parameters) {
    const value = parameters[name];
    if (required && (value === undefined || value === ''))
      return `${name} is missing; give it, such as ${name}=${example}`;
    if (choices !== undefined && value !== undefined && !choices.includes(String(value))) {
      return `${name}: "${String(value)}" is not allowed; allowed are: ${choices.join(', ')}`;
    }
  }
  const known = description.parameters.map(({ name }) => name);
  const stranger = Object.keys(parameters).find((name) => !known.includes(name));
  if (stranger === undefined) return undefined;
  const near = nearest(stranger, known);
  return `"${stranger}" is not a parameter of ${description.templateId}${near === undefined ? '' : `; did you mean ${near}?`} It has: ${known.join(', ')}`;
}

function sectionProblem({ templateId, sections }: PolicyTemplate, { section }: NewPolicy): string | undefined {
  if (sections.length === 0)
    return section === undefined ? undefined : `${templateId} has no section; leave --section out`;
  if (section === undefined) return `--section is missing; allowed are: ${sections.join(', ')}`;
  return sections.includes(section)
    ? undefined
    : `--section "${section}" is not allowed; allowed are: ${sections.join(', ')}`;
}

function scopeProblem(
  draft: ConnectorDraft,
  { forAll, templateId }: PolicyTemplate,
  { operations }: NewPolicy,
): string | undefined {
  const ids = listOperations(draft.definition).map(({ id }) => id);
  if (operations === undefined || operations.length === 0) {
    return forAll
      ? undefined
      : `--operations is missing: ${templateId} would act on all operations; the connector has: ${ids.join(', ')}`;
  }
  const stranger = operations.find((id) => !ids.includes(id));
  if (stranger === undefined) return undefined;
  const near = nearest(stranger, ids);
  return `--operations "${stranger}": there is no such operation${near === undefined ? '' : `; did you mean ${near}?`} The connector has: ${ids.join(', ')}`;
}

const textsOf = ({ parameters }: NewPolicy): string[] =>
  Object.values(parameters)
    .flatMap((value) => (isObject(value) ? Object.values(value) : [value]))
    .filter((value) => typeof value === 'string');

/** What takes braces after the sign in polling triggers only; the others may have them anywhere. */
const bodyFunctions = ['body', 'item'];
const functions = ['connectionParameters', 'queryParameters', 'headers', 'header', ...bodyFunctions, 'triggerBody'];

function expressionProblem(draft: ConnectorDraft, text: string, templateId: string): string | undefined {
  const isTrigger = templateId === 'pollingtrigger';
  for (const { start, name, braces } of expressionsOf(text)) {
    if (!functions.includes(name)) {
      const near = nearest(name, functions);
      return `"${start}(" is not an expression${near === undefined ? '' : `; did you mean @${near}(?`}`;
    }
    if (isTrigger || (!bodyFunctions.includes(name) && name !== 'triggerBody')) continue;
    if (braces || name === 'triggerBody') return `"${start}(" belongs to pollingtrigger; write @body() or {@body()}`;
  }
  if (/@environmentVariables?\(/i.test(text)) return 'environment variables have no effect in policies';
  const open = [...text.replaceAll(/'[^']*'/g, '')].reduce(
    (depth, char) => depth + (char === '(' ? 1 : char === ')' ? -1 : 0),
    0,
  );
  if (text.includes('@') && /@\{?[A-Za-z]+\(/.test(text) && open !== 0) return `"${text}": the parentheses don't match`;
  return connectionParametersIn(text)
    .map((name) => connectionParameterProblem(draft, name))
    .find((problem) => problem !== undefined);
}

/** A name must be declared in the connection parameters, or in every set of them. */
function connectionParameterProblem({ connectorProperties }: ConnectorDraft, reference: string): string | undefined {
  const name = reference.replace(/^([^:]*):.*$/, '$1');
  const single = Object.keys(asObject(getOwn(connectorProperties, 'connectionParameters')));
  const sets = asArray(getOwn(asObject(getOwn(connectorProperties, 'connectionParameterSets')), 'values')).map((set) =>
    Object.keys(asObject(getOwn(asObject(set), 'parameters'))),
  );
  const groups = sets.length > 0 ? sets : [single];
  if (groups.every((names) => names.includes(name))) return undefined;
  const known = [...new Set(groups.flat())];
  const near = nearest(name, known);
  return `there is no connection parameter "${name}"${near === undefined ? '' : `; did you mean ${near}?`} The connector has: ${known.join(', ') || 'none'}`;
}

/** What templates may want to know of the connector. */
function contextOf({ definition, connectorProperties }: ConnectorDraft): PolicyContext {
  const paths = asObject(getOwn(definition, 'paths'));
  return {
    operations: listOperations(definition).map(({ id, path, value }) => ({
      id,
      isTrigger: Object.hasOwn(value, 'x-ms-trigger'),
      queryParameters: parametersOf(definition, value, asObject(getOwn(paths, path)))
        .filter((parameter) => getOwn(parameter, 'in') === 'query')
        .map((parameter) => String(getOwn(parameter, 'name'))),
    })),
    hasGateway:
      asArray(getOwn(connectorProperties, 'capabilities')).includes('gateway' as Json) ||
      Object.hasOwn(asObject(getOwn(connectorProperties, 'connectionParameters')), 'gateway'),
    hasTestConnection: Object.hasOwn(asObject(getOwn(definition, 'x-ms-capabilities')), 'testConnection'),
  };
}
