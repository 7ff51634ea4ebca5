import { asObject, getOwn, type Json, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Fix, type Report } from '../engine/rule.ts';
import {
  type DynamicArgument,
  type DynamicUse,
  dynamicForms,
  eachReference,
  type Inputs,
  inputsOf,
  isBuiltIn,
  isFound,
  onDynamic,
} from '../support/dynamic-references.ts';
import { family as dynamic } from './dynamic.ts';
import { family as dynamicAnswers } from './dynamic-answers.ts';
import {
  bodyName,
  inBody,
  ofCountry,
  parameter,
  regionList,
  regionValues,
  shape,
  shaped,
  withCountry,
} from './dynamic-examples.ts';

const older = ['values', 'schema'] as const;

/** A path to a schema as the modern form writes it: the schema itself, not its properties. */
const withoutProperties = (path: string): string => path.replace(/(^|\/)properties$/, '');

/** The modern extension that says certainly the same as an older one. */
function modernTwin(use: DynamicUse, connector: ConnectorModel): JsonObject | undefined {
  const operationId = getOwn(use.value, 'operationId');
  if (isBuiltIn(use) || typeof operationId !== 'string') return undefined;
  const parameters: JsonObject = {};
  for (const argument of use.arguments) {
    const value = modernArgument(use, argument, connector);
    if (value === undefined) return undefined;
    setOwn(parameters, argument.key, value);
  }
  const twin: JsonObject = { operationId, parameters };
  const form = dynamicForms[use.kind];
  const other = dynamicForms[form.twin];
  for (const part of ['collection', 'value', 'title'] as const) {
    const [from, to] = [form[part], other[part]];
    const path = from === undefined ? undefined : getOwn(use.value, from);
    if (path === undefined || to === undefined) continue;
    const same = use.kind === 'schema' && typeof path === 'string' ? withoutProperties(path) : path;
    if (same !== '') twin[to] = same;
  }
  return twin;
}

function modernArgument(use: DynamicUse, argument: DynamicArgument, connector: ConnectorModel): Json | undefined {
  const { reference, value } = argument;
  if (reference === undefined) return { value };
  const meanings = new Set(use.callers.map((caller) => meaning(inputsOf(connector, caller, reference), reference)));
  const [only] = meanings;
  return meanings.size !== 1 || only === undefined ? undefined : { parameterReference: only };
}

/** The one thing that a reference means, as the modern form writes it. */
function meaning({ parameter, property, body }: Inputs, reference: string): string | undefined {
  if (parameter !== undefined) return isFound(property) ? undefined : reference;
  if (!isFound(property) || body === undefined) return undefined;
  return reference.startsWith(`${body.name}/`) ? reference : `${body.name}/${reference}`;
}

/** Mistakes that a copy would repeat. */
const copied: ReadonlySet<string> = new Set([
  ...['dynamic-operation-exists', 'dynamic-parameter-exists', 'dynamic-required-supplied', 'dynamic-reference-exists'],
  ...['dynamic-reference-required', 'dynamic-type-match', 'dynamic-source-internal', 'dynamic-target-schema'],
  ...['dynamic-collection-exists', 'dynamic-collection-array', 'dynamic-item-path-exists', 'dynamic-value-path-set'],
  ...['dynamic-value-title-set', 'dynamic-schema-path-exists', 'dynamic-not-on-body-parameter'],
]);
const mistakes = [...dynamic.rules, ...dynamicAnswers.rules].filter(({ id }) => copied.has(id));
const checksOf = (name: string) => mistakes.flatMap(({ on }) => on?.keyword?.[name] ?? []);
const checks = { values: checksOf('x-ms-dynamic-values'), schema: checksOf('x-ms-dynamic-schema') };

function hasMistakes(use: DynamicUse, connector: ConnectorModel): boolean {
  let found = false;
  const probe: Report = () => {
    found = true;
  };
  return checks[use.kind === 'schema' ? 'schema' : 'values'].some((check) => {
    check(use.holder, probe, connector);
    return found;
  });
}

/** Adds the modern extension, once the older one is right. */
function addTwin(use: DynamicUse, connector: ConnectorModel): Fix[] {
  const twin = hasMistakes(use, connector) ? undefined : modernTwin(use, connector);
  return twin === undefined ? [] : [{ op: 'set', at: twinPlace(use), value: twin }];
}

const twinName = (use: DynamicUse): string => `x-ms-dynamic-${dynamicForms[use.kind].twin}`;

const twinPlace = (use: DynamicUse): Location => use.holder.place.at(twinName(use));

/**
 * The modern extension beside the older one. The modern one alone is fine: what counts is that nothing is left behind
 * (so the published connectors were measured, too).
 */
function checkPair(use: DynamicUse, report: Report, connector: ConnectorModel): void {
  if (use.twin !== undefined || isBuiltIn(use)) return;
  report(use.place, `${use.name} is alone; add ${twinName(use)} with the same meaning`, addTwin(use, connector));
}

/** The example connector with a body whose name depends on its land. */
const ofLand = (twin: JsonObject = {}): { definition: JsonObject } => ({
  definition: {
    paths: {
      ...asObject(
        shaped({
          properties: {
            land: { type: 'string' },
            name: {
              type: 'string',
              'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'land' } } },
              ...twin,
            },
          },
        }).definition.paths,
      ),
      ...withCountry({}),
    },
  },
});

/** Rules about the pairs of an older and a modern extension. */
export const family = defineFamily({ name: 'Older and modern dynamic extensions', order: 270 }, [
  {
    id: 'dynamic-ambiguous',
    title: 'A reference that may mean two inputs is told apart by the modern extension.',
    why: 'The older form cannot say whether it means the parameter or the property of the body.',
    remedy: 'Add x-ms-dynamic-list or x-ms-dynamic-properties, where a property is written as "body/property".',
    source: 'Swagger validator rules; OpenAPI extensions',
    // the end of the name: it begins with the extension that is wanted
    official: 'RequiredForAmbiguousReferences',
    severity: 'W/E/E',
    on: onDynamic(older, (use, report, connector) => {
      if (use.twin !== undefined) return;
      eachReference(use, connector, (source, { place }, reference, caller) => {
        if (source.parameter === undefined || !isFound(source.property)) return false;
        report(
          place,
          `${quote(reference)} is a parameter of ${quote(caller.id)} and a property of its body; add ${twinName(use)} to tell them apart`,
        );
        return true;
      });
    }),
    examples: {
      good: [{ name: 'one meaning', ...ofCountry({ parameter: 'land' }, null, [parameter('land')]) }],
      bad: [
        {
          name: 'two meanings',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'kind' } } },
                  },
                },
              },
            },
            paths: {
              ...withCountry({}),
              '/stations': {
                post: {
                  parameters: [
                    { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Station' } },
                    parameter('kind'),
                  ],
                },
              },
            },
          },
          expect: [`${bodyName}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-body-reference-twin',
    title: 'A reference into a body has the modern extension beside it.',
    why: 'Only the modern form can name a property of a body reliably.',
    remedy: 'Add x-ms-dynamic-list or x-ms-dynamic-properties with "parameterReference": "body/property".',
    source: 'Swagger validator rules; OpenAPI extensions',
    official: 'RequiredForNonParameterReferences',
    severity: 'W/E/E',
    fix: 'safe',
    on: onDynamic(older, (use, report, connector) => {
      if (use.twin !== undefined) return;
      let reported = false;
      eachReference(use, connector, (source, { place }, reference) => {
        if (source.parameter !== undefined || !isFound(source.property)) return false;
        const fix = reported ? [] : addTwin(use, connector);
        reported = true;
        report(
          place,
          `${use.name} refers to ${quote(reference)} in the body; add ${twinName(use)} with "parameterReference"`,
          fix,
        );
        return true;
      });
    }),
    examples: {
      good: [
        {
          name: 'with its twin',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'kind' } } },
                    'x-ms-dynamic-list': {
                      ...regionList,
                      parameters: { country: { parameterReference: 'body/kind' } },
                    },
                  },
                },
              },
            },
            paths: withCountry({}),
          },
        },
      ],
      bad: [
        {
          name: 'alone',
          ...ofLand(),
          expect: [`${shape}/properties/name/x-ms-dynamic-values/parameters/country`],
          fixed: ofLand({
            'x-ms-dynamic-list': { ...regionList, parameters: { country: { parameterReference: 'body/land' } } },
          }),
        },
      ],
    },
  },
  {
    id: 'dynamic-properties-path-match',
    title: 'Both extensions of a dynamic schema point at the same schema.',
    why: 'The modern form names the schema itself, the older one may name its properties; otherwise clients differ.',
    remedy: 'Write value-path without a last "properties" into itemValuePath.',
    source: 'Swagger validator rules',
    official: 'DynamicPropertiesItemValuePathMismatch',
    severity: 'W/W/W',
    fix: 'safe',
    on: onDynamic(['properties'], (use, report) => {
      if (use.twin === undefined) return;
      const old = getOwn(use.twin, 'value-path') ?? '';
      const now = getOwn(use.value, 'itemValuePath') ?? '';
      if (typeof old !== 'string' || now === withoutProperties(old)) return;
      const at = use.place.at('itemValuePath');
      const right = withoutProperties(old);
      report(
        at,
        `itemValuePath ${quote(now)} must be ${quote(right)}, as value-path of x-ms-dynamic-schema is ${quote(old)}`,
        right === '' ? { op: 'remove', at } : { op: 'set', at, value: right },
      );
    }),
    examples: {
      good: [
        {
          name: 'without properties',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {}, itemValuePath: 'items' },
          }),
        },
      ],
      bad: [
        {
          name: 'with properties',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
            'x-ms-dynamic-properties': {
              operationId: 'ListRegions',
              parameters: {},
              itemValuePath: 'items/properties',
            },
          }),
          expect: [`${shape}/x-ms-dynamic-properties/itemValuePath`],
          fixed: shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {}, itemValuePath: 'items' },
          }),
        },
      ],
    },
  },
  {
    id: 'dynamic-values-list-pair',
    title: 'x-ms-dynamic-values has x-ms-dynamic-list beside it.',
    why: 'Older clients know only the older one; the modern one is clearer and goes on being developed.',
    remedy: 'Add the modern one with the same meaning.',
    source: 'OpenAPI extensions',
    severity: 'I/I/I',
    fix: 'safe',
    on: onDynamic(['values'], checkPair),
    examples: {
      good: [
        { name: 'both', ...inBody(regionValues, regionList) },
        { name: 'the modern one alone', ...inBody(null, regionList) },
      ],
      bad: [
        {
          name: 'values alone',
          ...inBody(regionValues),
          expect: [`${bodyName}/x-ms-dynamic-values`],
          fixed: inBody(regionValues, regionList),
        },
      ],
    },
  },
  {
    id: 'dynamic-schema-properties-pair',
    title: 'x-ms-dynamic-schema has x-ms-dynamic-properties beside it.',
    why: 'Older clients know only the older one; the modern one is clearer and goes on being developed.',
    remedy: 'Add the modern one with the same meaning.',
    source: 'OpenAPI extensions',
    severity: 'I/I/I',
    fix: 'safe',
    on: onDynamic(['schema'], checkPair),
    examples: {
      good: [
        {
          name: 'both',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {} },
          }),
        },
      ],
      bad: [
        {
          name: 'schema alone',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items' },
          }),
          expect: [`${shape}/x-ms-dynamic-schema`],
          fixed: shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items' },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {}, itemValuePath: 'items' },
          }),
        },
      ],
    },
  },
]);
