import { asObject, getOwn, isObject, type Json } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Operation, Parameter } from '../engine/model.ts';
import { defineFamily, type Fix, oncePerConnector } from '../engine/rule.ts';
import {
  type DynamicArgument,
  type DynamicUse,
  dynamicForms,
  dynamicKinds,
  eachReference,
  type Inputs,
  inputsOf,
  isBuiltIn,
  isFound,
  missingInput,
  onDynamic,
  stringAt,
} from '../support/dynamic-references.ts';
import {
  bodyName,
  choiceInBody,
  cityOfBody,
  inBody,
  ofCountry,
  parameter,
  region,
  regionList,
  regionValues,
  shaped,
  withCountry,
} from './dynamic-examples.ts';

/** What an input that exists is like. */
interface Input {
  type: string | undefined;
  required: boolean;
  internal: boolean;
  default: Json | undefined;
}

/** The input that is meant; a parameter goes before a property of the body. */
function inputOf(inputs: Inputs): Input | undefined {
  const { parameter, property, body } = inputs;
  if (parameter !== undefined) return parameterInput(parameter);
  if (!isFound(property)) return undefined;
  const { schema } = property;
  return {
    type: stringAt(schema, 'type'),
    // the designer asks for it, whatever the body itself says: docs/reference/runtime.md#inputs
    required: property.required,
    internal: property.internal || getOwn(body?.value, 'x-ms-visibility') === 'internal',
    default: getOwn(schema, 'default'),
  };
}

function parameterInput({ value, in: position }: Parameter): Input {
  return {
    type: position === 'body' ? undefined : stringAt(value, 'type'),
    required: getOwn(value, 'required') === true,
    internal: getOwn(value, 'x-ms-visibility') === 'internal',
    default: getOwn(value, 'default'),
  };
}

const sameType = (source: string, target: string): boolean =>
  source === target || (source === 'integer' && target === 'number');

/** The helper operations that were reported: each once, however many extensions call it. */
const shownHelpers = oncePerConnector(() => new Set<Operation>());

/** Moves an extension from the body parameter into its schema, when nothing is in the way. */
function intoSchema(use: DynamicUse): Fix[] {
  const schema = getOwn(use.holder.value, 'schema');
  if (!isObject(schema) || Object.hasOwn(schema, '$ref') || Object.hasOwn(schema, use.name)) return [];
  return [
    { op: 'remove', at: use.place },
    { op: 'set', at: use.holder.place.at('schema', use.name), value: use.value },
  ];
}

/** Supplies the default of an internal input as a literal. */
function asLiteral(use: DynamicUse, argument: DynamicArgument, value: Json | undefined): Fix | undefined {
  if (value === undefined || value === null) return undefined;
  return { op: 'set', at: argument.place, value: dynamicForms[use.kind].modern ? { value } : value };
}

/** Rules about the calls that supply choices and schemas: what is called, and with what. */
export const family = defineFamily({ name: 'Dynamic values and schemas', order: 250 }, [
  {
    id: 'dynamic-operation-id',
    title: 'A dynamic extension names the operation to call.',
    why: 'Without it there is nothing to call, and the service refuses the definition.',
    remedy: 'Add "operationId".',
    source: 'OpenAPI extensions; published definition schema',
    severity: 'E/E/E',
    on: onDynamic(dynamicKinds, (use, report) => {
      const id = getOwn(use.value, 'operationId');
      if ((typeof id === 'string' && id.trim() !== '') || isBuiltIn(use)) return;
      report(
        use.place.at('operationId'),
        id === undefined
          ? `${use.name} names no operation; add "operationId"`
          : `the operationId of ${use.name} is ${quote(id)}; it must be the id of an operation`,
      );
    }),
    examples: {
      good: [{ name: 'a file picker', ...inBody({ capability: 'file-picker', 'value-path': 'id' }) }],
      bad: [
        {
          name: 'none',
          ...inBody({ parameters: {}, 'value-path': 'id' }, null),
          expect: [`${bodyName}/x-ms-dynamic-values/operationId`],
        },
      ],
    },
  },
  {
    id: 'dynamic-operation-exists',
    title: 'The operation that a dynamic extension calls exists.',
    why: 'The field would show an error instead of choices.',
    remedy: 'Correct the operationId, or add the operation.',
    source: 'Swagger validator rules',
    official: 'OperationIdNotFound',
    severity: 'E/E/E',
    on: onDynamic(dynamicKinds, (use, report) => {
      const id = getOwn(use.value, 'operationId');
      if (typeof id !== 'string' || id.trim() === '' || use.target !== undefined) return;
      report(
        use.place.at('operationId'),
        `${use.name} calls ${quote(id)}, which is not an operation here; correct the operationId or add the operation`,
      );
    }),
    examples: {
      good: [{ name: 'it does', ...inBody(regionValues, regionList) }],
      bad: [
        {
          name: 'another case',
          ...inBody({ ...regionValues, operationId: 'listRegions' }, regionList),
          expect: [`${bodyName}/x-ms-dynamic-values/operationId`],
        },
      ],
    },
  },
  {
    id: 'dynamic-parameters-present',
    // measured: counted where the called operation has parameters at all
    title: 'A dynamic extension says with which parameters it calls.',
    why: 'The documentation requires it; an empty object says that all optional ones are left out on purpose.',
    remedy: 'Add "parameters": {}.',
    source: 'OpenAPI extensions; published connectors',
    severity: 'I/I/I',
    fix: 'safe',
    on: onDynamic(dynamicKinds, (use, report) => {
      if (getOwn(use.value, 'parameters') !== undefined || (use.target?.parameters.length ?? 0) === 0) return;
      const at = use.place.at('parameters');
      report(
        at,
        `${use.name} calls ${quote(use.target?.id)}, which takes parameters, without "parameters"; add them, or {}`,
        { op: 'set', at, value: {} },
      );
    }),
    examples: {
      good: [{ name: 'nothing to supply', ...inBody({ operationId: 'ListRegions', 'value-path': 'id' }) }],
      bad: [
        {
          name: 'optional ones left out',
          definition: {
            ...inBody({ operationId: 'ListRegions', 'value-path': 'id' }).definition,
            paths: withCountry({}),
          },
          expect: [`${bodyName}/x-ms-dynamic-values/parameters`],
          fixed: {
            definition: {
              ...inBody({ operationId: 'ListRegions', 'value-path': 'id', parameters: {} }).definition,
              paths: withCountry({}),
            },
          },
        },
      ],
    },
  },
  {
    id: 'dynamic-parameter-exists',
    title: 'A dynamic extension supplies only parameters that the called operation has.',
    why: 'The service refuses others, already at import.',
    remedy: 'Use the names of the called operation’s parameters, or paths of its body’s properties.',
    source: 'Swagger validator rules',
    official: 'OperationParameterNameNotFound',
    severity: 'E/E/E',
    on: onDynamic(dynamicKinds, (use, report, connector) => {
      if (use.target === undefined) return;
      for (const { key, place } of use.arguments) {
        const { parameter: found, property } = inputsOf(connector, use.target, key);
        if (found !== undefined || property !== undefined) continue;
        report(
          place,
          `${use.name} supplies ${quote(key)}, but ${quote(use.target.id)} has no such parameter; rename it`,
        );
      }
    }),
    examples: {
      good: [{ name: 'a parameter', ...ofCountry('it', { value: 'it' }, []) }],
      bad: [
        {
          name: 'none',
          ...inBody({ ...regionValues, parameters: { country: 'it' } }, regionList),
          expect: [`${bodyName}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-required-supplied',
    title: 'A dynamic extension supplies everything that the called operation requires.',
    why: 'The call fails otherwise, and the field shows an error.',
    remedy: 'Supply the parameter: a literal, or a reference to another input.',
    source: 'Swagger validator rules',
    official: 'OperationMissingRequiredProperty',
    severity: 'E/E/E',
    on: onDynamic(dynamicKinds, (use, report, connector) => {
      if (use.target === undefined) return;
      const name = missingInput(asObject(getOwn(use.value, 'parameters')), use.target, connector);
      if (name === undefined) return;
      report(
        use.place.at('parameters'),
        `${use.name} calls ${quote(use.target.id)} without its required parameter ${quote(name)}; supply it`,
      );
    }),
    examples: {
      good: [{ name: 'supplied', ...ofCountry('it', { value: 'it' }, [], { required: true }) }],
      bad: [
        {
          name: 'left out',
          definition: { paths: withCountry({ required: true }) },
          expect: [`${region}/x-ms-dynamic-values/parameters`, `${region}/x-ms-dynamic-list/parameters`],
        },
      ],
    },
  },
  {
    id: 'dynamic-reference-exists',
    title: 'What a dynamic extension refers to is an input of the same operation.',
    why: 'The value is never filled in otherwise.',
    remedy: 'Name a parameter of this operation, or a property of its body as "body/property".',
    source: 'Swagger validator rules',
    severity: 'W/E/E',
    on: onDynamic(dynamicKinds, (use, report, connector) => {
      eachReference(use, connector, (source, { place }, reference, caller) => {
        if (source.parameter !== undefined || source.property !== undefined) return false;
        report(
          place,
          `${use.name} refers to ${quote(reference)}, which is not an input of ${quote(caller.id)}; name a parameter, or a property as "body/property"`,
        );
        return true;
      });
    }),
    examples: {
      good: [
        {
          name: 'a parameter',
          ...ofCountry({ parameter: 'land' }, { parameterReference: 'land' }, [parameter('land')]),
        },
      ],
      bad: [
        {
          name: 'no parameter',
          ...ofCountry({ parameter: 'land' }, { parameterReference: 'body/land' }, []),
          expect: [
            `${region}/x-ms-dynamic-values/parameters/country`,
            `${region}/x-ms-dynamic-list/parameters/country`,
          ],
        },
      ],
    },
  },
  {
    id: 'dynamic-reference-required',
    title: 'A required parameter is fed from a required input.',
    why: 'Makers may leave an optional input empty; the call fails then.',
    remedy: 'Make the input required, or supply a literal.',
    source: 'Swagger validator rules',
    official: 'OperationParameterRequiredMismatch',
    severity: 'W/W/W',
    on: onDynamic(dynamicKinds, (use, report, connector) => {
      const { target } = use;
      if (target === undefined) return;
      eachReference(use, connector, (source, { key, place }, reference) => {
        const from = inputOf(source);
        if (from === undefined || from.required || from.default !== undefined) return false;
        const to = inputOf(inputsOf(connector, target, key));
        if (to?.required !== true || to.default !== undefined) return false;
        report(
          place,
          `${quote(target.id)} requires ${quote(key)}, but ${quote(reference)} is optional here; make it required or supply a literal`,
        );
        return true;
      });
    }),
    examples: {
      good: [
        {
          name: 'required',
          ...ofCountry({ parameter: 'land' }, null, [parameter('land', { required: true })], { required: true }),
        },
        { name: 'a required property of a body without the flag', ...choiceInBody(['land']) },
      ],
      bad: [
        {
          name: 'an optional property',
          ...choiceInBody([]),
          expect: [
            `${cityOfBody}/x-ms-dynamic-values/parameters/country`,
            `${cityOfBody}/x-ms-dynamic-list/parameters/country`,
          ],
          implies: ['dynamic-required-supplied'],
        },
        {
          name: 'optional',
          ...ofCountry({ parameter: 'land' }, null, [parameter('land')], { required: true }),
          expect: [`${region}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-type-match',
    title: 'An input has the type of the parameter that it feeds.',
    why: 'The service refuses a reference between types that differ.',
    remedy: 'Give both the same type.',
    source: 'Swagger validator rules',
    official: 'OperationParameterTypeMismatch',
    severity: 'W/E/E',
    on: onDynamic(dynamicKinds, (use, report, connector) => {
      const { target } = use;
      if (target === undefined) return;
      eachReference(use, connector, (source, { key, place }, reference) => {
        const from = inputOf(source)?.type;
        const to = inputOf(inputsOf(connector, target, key))?.type;
        if (from === undefined || to === undefined || sameType(from, to)) return false;
        report(
          place,
          `${quote(reference)} is of type "${from}", but ${quote(key)} of ${quote(target.id)} is of type "${to}"; give both the same type`,
        );
        return true;
      });
    }),
    examples: {
      good: [{ name: 'both texts', ...ofCountry({ parameter: 'land' }, null, [parameter('land')]) }],
      bad: [
        {
          name: 'a number for a text',
          ...ofCountry({ parameter: 'land' }, null, [parameter('land', { type: 'integer' })]),
          expect: [`${region}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-source-internal',
    title: 'A dynamic extension refers only to inputs that makers see.',
    why: 'An internal input cannot be referred to.',
    remedy: 'Supply its value as a literal.',
    source: 'Swagger validator rules; OpenAPI extensions',
    official: 'SourcePropertyInternal',
    severity: 'W/W/W',
    fix: 'safe',
    on: onDynamic(dynamicKinds, (use, report, connector) => {
      eachReference(use, connector, (source, argument, reference) => {
        const from = inputOf(source);
        if (from?.internal !== true) return false;
        report(
          argument.place,
          `${use.name} refers to ${quote(reference)}, which is internal; supply its value as a literal`,
          asLiteral(use, argument, from.default),
        );
        return true;
      });
    }),
    examples: {
      good: [{ name: 'a visible one', ...ofCountry({ parameter: 'land' }, null, [parameter('land')]) }],
      bad: [
        {
          name: 'internal with a default',
          ...ofCountry({ parameter: 'land' }, { parameterReference: 'land' }, [
            parameter('land', { 'x-ms-visibility': 'internal', required: true, default: 'it' }),
          ]),
          expect: [
            `${region}/x-ms-dynamic-values/parameters/country`,
            `${region}/x-ms-dynamic-list/parameters/country`,
          ],
          fixed: ofCountry('it', { value: 'it' }, [
            parameter('land', { 'x-ms-visibility': 'internal', required: true, default: 'it' }),
          ]),
        },
      ],
    },
  },
  {
    id: 'dynamic-not-on-body-parameter',
    title: 'Dynamic extensions of a body are in its schema.',
    why: 'On the body parameter itself they are refused.',
    remedy: 'Move the extension into the schema of the parameter.',
    source: 'Swagger validator rules',
    official: 'DynamicExtensionDefinitionNotAllowedInParameter',
    severity: 'E/E/E',
    fix: 'safe',
    on: onDynamic(dynamicKinds, (use, report) => {
      if ('owner' in use.holder || use.holder.in !== 'body') return;
      report(use.place, `${use.name} is not allowed on a body parameter; move it into its schema`, intoSchema(use));
    }),
    examples: {
      good: [
        { name: 'in the schema', ...shaped({ 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} } }) },
      ],
      bad: [
        {
          name: 'on the parameter',
          ...shaped({}, { 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} } }),
          expect: ['definition#/paths/~1stations/post/parameters/0/x-ms-dynamic-schema'],
          fixed: shaped({ 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} } }),
        },
      ],
    },
  },
  {
    id: 'dynamic-list-shape',
    title: 'In the modern extensions each parameter is a value or a reference.',
    why: 'The service refuses literals without "value", and objects that say both.',
    remedy: 'Write { "value": … } or { "parameterReference": "…" }.',
    source: 'OpenAPI extensions; published definition schema',
    severity: 'E/E/E',
    on: onDynamic(['list', 'properties'], (use, report) => {
      for (const { value, place } of use.arguments) {
        const parts = isObject(value)
          ? Number(Object.hasOwn(value, 'value')) + Number(Object.hasOwn(value, 'parameterReference'))
          : 0;
        if (parts === 1) continue;
        report(place, `${quote(value)} must be { "value": … } or { "parameterReference": "…" }, exactly one of them`);
      }
    }),
    examples: {
      good: [{ name: 'a value', ...ofCountry('it', { value: 'it' }, []) }],
      bad: [
        {
          name: 'a literal',
          ...ofCountry('it', 'it', []),
          expect: [`${region}/x-ms-dynamic-list/parameters/country`],
        },
        {
          name: 'both',
          ...ofCountry('it', { value: 'it', parameterReference: 'land' }, [parameter('land')]),
          expect: [`${region}/x-ms-dynamic-list/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-target-internal',
    title: 'The operation behind a drop-down is internal.',
    why: 'Makers rarely want it as an action of its own; it only makes the list of actions longer.',
    remedy: 'Set x-ms-visibility to internal, unless makers use the operation, too.',
    source: 'OpenAPI extensions; published connectors',
    severity: 'I/I/I',
    // no fix: flows may already use the operation as an action
    on: onDynamic(dynamicKinds, ({ target }, report, connector) => {
      const reported = shownHelpers(connector);
      if (target?.visible !== true || reported.has(target)) return;
      reported.add(target);
      report(
        target.place.at('x-ms-visibility'),
        `${quote(target.id)} supplies choices or schemas; make it internal unless makers use it as an action`,
      );
    }),
    examples: {
      good: [{ name: 'internal', ...inBody(regionValues, regionList) }],
      bad: [
        {
          name: 'shown',
          definition: { paths: { '/regions': { get: { 'x-ms-visibility': 'advanced' } } } },
          expect: ['definition#/paths/~1regions/get/x-ms-visibility'],
        },
      ],
    },
  },
  {
    id: 'dynamic-tree-complete',
    title: 'A dynamic tree can be opened and browsed.',
    why: 'The picker calls "open" for the root and "browse" for each folder; only a folder can be the selected item.',
    remedy: 'Add the missing part; use selectedItemValuePath only in browse.',
    source: 'Swagger validator rules',
    severity: 'W/W/W',
    on: {
      keyword: {
        'x-ms-dynamic-tree': (node, report) => {
          const tree = node.value['x-ms-dynamic-tree'];
          const at = node.place.at('x-ms-dynamic-tree');
          for (const part of ['open', 'browse']) {
            if (!isObject(getOwn(asObject(tree), part))) report(at.at(part), `the tree has no "${part}"; add it`);
          }
          const parameters = asObject(getOwn(asObject(getOwn(asObject(tree), 'open')), 'parameters'));
          for (const [name, value] of Object.entries(parameters)) {
            if (!isObject(value) || !Object.hasOwn(value, 'selectedItemValuePath')) continue;
            report(
              at.at('open', 'parameters', name, 'selectedItemValuePath'),
              'selectedItemValuePath has a meaning in "browse" only: nothing is selected when the tree opens; remove it',
            );
          }
        },
      },
    },
    examples: {
      good: [
        {
          name: 'open and browse',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-tree': {
                      settings: { canSelectParentNodes: false, canSelectLeafNodes: true },
                      open: { operationId: 'ListRegions', itemValuePath: 'id', itemTitlePath: 'name' },
                      browse: {
                        operationId: 'ListStations',
                        itemValuePath: 'id',
                        itemTitlePath: 'name',
                        parameters: { region: { selectedItemValuePath: 'id' } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      ],
      bad: [
        {
          name: 'a selected item at the root, nothing below',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-tree': {
                      open: { operationId: 'ListRegions', parameters: { region: { selectedItemValuePath: 'id' } } },
                    },
                  },
                },
              },
            },
          },
          expect: [
            `${bodyName}/x-ms-dynamic-tree/browse`,
            `${bodyName}/x-ms-dynamic-tree/open/parameters/region/selectedItemValuePath`,
          ],
        },
      ],
    },
  },
]);
