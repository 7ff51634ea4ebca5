import { fromPointer } from '../../connector/json/pointer.ts';
import { deepEqual, getOwn, isObject, type JsonObject, valueAt } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Reference } from '../engine/model.ts';
import { defineFamily, type Fix } from '../engine/rule.ts';
import { loops } from '../support/definition-graph.ts';
import { definitionName } from '../support/schema-outline.ts';

const sectionOf: Record<Reference['kind'], string> = {
  schema: 'definitions',
  parameter: 'parameters',
  response: 'responses',
};

const prefixOf: Record<Reference['kind'], string> = {
  schema: '#/definitions/',
  parameter: '#/parameters/',
  response: '#/responses/',
};

const isLocal = (reference: Reference): boolean => reference.target.startsWith('#');

/** What a local `$ref` names, without following further. */
const named = (connector: ConnectorModel, target: string) => valueAt(connector.definition, fromPointer(target));

/** Whether the chain of bare references that starts here comes back to this object. */
function returnsToItself(reference: Reference, connector: ConnectorModel): boolean {
  const seen = new Set<JsonObject>();
  let { target } = reference;
  while (target.startsWith('#')) {
    const next = named(connector, target);
    if (!isObject(next) || seen.has(next)) return false;
    if (next === reference.value) return true;
    seen.add(next);
    const further = getOwn(next, '$ref');
    if (typeof further !== 'string') return false;
    target = further;
  }
  return false;
}

/** Removes the keys beside `$ref`, when the target says all of it, too. */
function withoutSiblings(reference: Reference, connector: ConnectorModel): Fix[] {
  const { value, place } = reference;
  const target = connector.deref(value);
  const fixes: Fix[] = [];
  for (const key in value) {
    if (key === '$ref') continue;
    if (!deepEqual(value[key], getOwn(target, key))) return [];
    fixes.push({ op: 'remove', at: place.at(key) });
  }
  return fixes;
}

/** The name of the definition that is at this place itself, not below it. */
const definitionAt = (place: Location): string | undefined =>
  place.parent?.key === 'definitions' && place.parent.parent?.parent === undefined ? String(place.key) : undefined;

const pet = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  definitions: { Pet: { type: 'object', properties, ...more } },
});

/** Rules about `$ref`. */
export const family = defineFamily({ name: 'References', order: 200 }, [
  {
    id: 'ref-local',
    title: 'A $ref points inside the document.',
    why: 'The platform reads one file; it fetches neither other files nor addresses.',
    remedy: 'Copy what is meant into definitions, parameters or responses, and refer to it there.',
    source: 'Swagger validator rules',
    severity: 'E/E/E',
    on: {
      reference: (reference, report) => {
        if (isLocal(reference)) return;
        report(
          reference.place.at('$ref'),
          `$ref ${quote(reference.target)} leaves the document; copy its target into ${sectionOf[reference.kind]} and refer to "#/${sectionOf[reference.kind]}/…"`,
        );
      },
    },
    examples: {
      good: [{ name: 'a definition', definition: pet({ station: { $ref: '#/definitions/Station' } }) }],
      bad: [
        {
          name: 'another file',
          definition: pet({ station: { $ref: 'station.json#/Station' } }),
          expect: ['definition#/definitions/Pet/properties/station/$ref'],
        },
      ],
    },
  },
  {
    id: 'ref-section',
    title: 'A $ref names an entry of definitions, parameters or responses.',
    why: 'The platform resolves no other place of the document.',
    remedy: 'Move the target to definitions (schemas), parameters or responses, and refer to it there.',
    source: 'Swagger validator rules; published definition schema',
    official: 'SchemaReferenceNotValid',
    severity: 'E/E/E',
    on: {
      reference: (reference, report) => {
        if (!isLocal(reference)) return;
        const section = sectionOf[reference.kind];
        const prefix = prefixOf[reference.kind];
        if (reference.target.startsWith(prefix) && !reference.target.includes('/', prefix.length)) return;
        report(
          reference.place.at('$ref'),
          `$ref ${quote(reference.target)} of a ${reference.kind} must have the form "#/${section}/Name"; move its target there`,
        );
      },
    },
    examples: {
      good: [{ name: 'a definition', definition: pet({ station: { $ref: '#/definitions/Station' } }) }],
      bad: [
        {
          name: 'a property of a definition',
          definition: pet({ kind: { $ref: '#/definitions/Station/properties/kind' } }),
          expect: ['definition#/definitions/Pet/properties/kind/$ref'],
        },
      ],
    },
  },
  {
    id: 'ref-resolves',
    title: 'The target of a $ref exists.',
    why: 'The service answers a missing target with an internal error that names nothing.',
    remedy: 'Correct the name, or add what it should name.',
    source: 'Swagger validator rules',
    official: 'SchemaReferenceNotFound',
    severity: 'E/E/E',
    on: {
      reference: (reference, report, connector) => {
        if (!isLocal(reference) || connector.resolve(reference.target) !== undefined) return;
        // a chain that breaks further down, or is a loop, is reported where it breaks
        if (named(connector, reference.target) !== undefined) return;
        report(
          reference.place.at('$ref'),
          `$ref ${quote(reference.target)} has no target; correct the name or add the ${reference.kind}`,
        );
      },
    },
    examples: {
      good: [{ name: 'a definition', definition: pet({ station: { $ref: '#/definitions/Station' } }) }],
      bad: [
        {
          name: 'a name that nothing has',
          definition: pet({ station: { $ref: '#/definitions/Sation' } }),
          expect: ['definition#/definitions/Pet/properties/station/$ref'],
        },
      ],
    },
  },
  {
    id: 'ref-no-siblings',
    title: 'Nothing is beside a $ref.',
    why: 'Whatever is beside $ref is ignored: a description or a default there never reaches the maker.',
    remedy: 'Remove the other keys, or write the schema out instead of referring to it.',
    source: 'Swagger validator rules',
    official: 'AdditionalPropertyNotAllowedAdjacentToRef',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      reference: (reference, report, connector) => {
        for (const key in reference.value) {
          if (key === '$ref') continue;
          report(
            reference.place.at(key),
            `${quote(key)} beside $ref is ignored; move it into the target, or write the ${reference.kind} out here`,
            withoutSiblings(reference, connector),
          );
          return;
        }
      },
    },
    examples: {
      good: [{ name: 'alone', definition: pet({ station: { $ref: '#/definitions/Station' } }) }],
      bad: [
        {
          name: 'a description of its own',
          definition: pet({ station: { $ref: '#/definitions/Station', description: 'Where it lives.' } }),
          expect: ['definition#/definitions/Pet/properties/station/description'],
        },
        {
          name: 'what the target says anyway',
          definition: pet({ station: { $ref: '#/definitions/Station', type: 'object' } }),
          expect: ['definition#/definitions/Pet/properties/station/type'],
          fixed: { definition: pet({ station: { $ref: '#/definitions/Station' } }) },
        },
      ],
    },
  },
  {
    id: 'ref-no-loop',
    title: 'References do not lead back to themselves.',
    why: 'A chain of bare references that comes back has no content at all.',
    remedy: 'Give one of the definitions a schema of its own.',
    source: 'Swagger validator rules',
    official: 'SchemaRefLoopNotAllowed',
    severity: 'E/E/E',
    on: {
      reference: (reference, report, connector) => {
        if (!isLocal(reference) || connector.resolve(reference.target) !== undefined) return;
        if (!returnsToItself(reference, connector)) return;
        report(
          reference.place.at('$ref'),
          `$ref ${quote(reference.target)} leads back here; give one of the definitions on the way a schema`,
        );
      },
    },
    examples: {
      good: [
        { name: 'a chain with an end', definition: { definitions: { Place: { $ref: '#/definitions/Station' } } } },
      ],
      bad: [
        {
          name: 'two that name each other',
          definition: { definitions: { A: { $ref: '#/definitions/B' }, B: { $ref: '#/definitions/A' } } },
          expect: ['definition#/definitions/A/$ref', 'definition#/definitions/B/$ref'],
        },
      ],
    },
  },
  {
    id: 'schema-no-required-loop',
    title: 'No definition requires itself.',
    why: 'No finite value fulfils a loop of required properties.',
    remedy: 'Take one property of the loop out of required.',
    source: 'Swagger validator rules',
    official: 'RequiredLoopInSchemaNotAllowed',
    severity: 'E/E/E',
    on: {
      root: (root, report, connector) => {
        const definitions = getOwn(root.value, 'definitions');
        for (const name of loops(connector).required) {
          // a bare reference is another rule's
          if (typeof getOwn(getOwn(definitions, name), '$ref') === 'string') continue;
          report(
            root.place.at('definitions', name),
            `definition ${quote(name)} contains itself through required properties only; make one of them optional`,
          );
        }
      },
    },
    examples: {
      good: [
        { name: 'optional', definition: pet({ parent: { $ref: '#/definitions/Pet' } }) },
        {
          name: 'a list may be empty',
          definition: pet(
            { children: { type: 'array', items: { $ref: '#/definitions/Pet' } } },
            { required: ['children'] },
          ),
        },
      ],
      bad: [
        {
          name: 'a required parent',
          definition: pet({ parent: { $ref: '#/definitions/Pet' } }, { required: ['parent'] }),
          expect: ['definition#/definitions/Pet'],
        },
      ],
    },
  },
  {
    id: 'schema-recursive',
    title: 'No definition contains itself.',
    why: 'Recursion is legal, but the designer cannot expand it: makers see only its first level.',
    remedy: 'Write out as many levels as makers need, or leave it if one level is enough.',
    source: 'Published connectors',
    severity: 'I/I/I',
    on: {
      reference: (reference, report, connector) => {
        const { any, required } = loops(connector);
        if (any.size === 0 || reference.kind !== 'schema') return;
        const target = definitionName(reference.target);
        if (target === undefined || !any.has(target) || required.has(target)) return;
        const holder = definitionOf(reference.place);
        // on the loop itself, not where somebody uses it; a bare loop is ref-no-loop's
        if (holder === undefined || !any.has(holder) || definitionAt(reference.place) !== undefined) return;
        report(
          reference.place.at('$ref'),
          `${quote(target)} is part of a definition that contains itself; the designer shows only its first level`,
        );
      },
    },
    examples: {
      good: [{ name: 'another definition', definition: pet({ station: { $ref: '#/definitions/Station' } }) }],
      bad: [
        {
          name: 'a parent',
          definition: pet({ parent: { $ref: '#/definitions/Pet' } }),
          expect: ['definition#/definitions/Pet/properties/parent/$ref'],
        },
      ],
    },
  },
]);

/** The definition in which a place lies. */
function definitionOf(place: Location): string | undefined {
  for (let at: Location | undefined = place; at !== undefined; at = at.parent) {
    const name = definitionAt(at);
    if (name !== undefined) return name;
  }
  return undefined;
}
