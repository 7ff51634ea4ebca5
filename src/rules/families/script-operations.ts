import { asArray, getOwn } from '../../connector/json/value.ts';
import { counted } from '../../counted.ts';
import { defineFamily } from '../engine/rule.ts';
import { reportUnknownOperation } from './policies.ts';

const script = `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken);
    }
}
`;

const listPlace = 'properties#/properties/scriptOperations';

/** A merge patch can't say null: the whole file. */
const propertiesOfPac =
  '{ "properties": { "connectionParameters": {}, "iconBrandColor": "#0b6a3f", "capabilities": [], "publisher": "Contoso", "stackOwner": "Contoso", "scriptOperations": null, "policyTemplateInstances": [] } }\n';

/** Rules about which operations run through the script. */
export const family = defineFamily({ name: 'Script operations', order: 370 }, [
  {
    id: 'script-operations-array',
    title: 'scriptOperations is a list of operation ids.',
    why: 'The service refuses anything else. An empty list means every operation, and so does null, which pac connector init writes.',
    remedy: 'Write a list of texts, such as ["GetOrder"].',
    source: 'paconn documentation; published schema of apiProperties.json and its tests (2026)',
    severity: 'E/E/E',
    on: {
      properties: (properties, report) => {
        const value = getOwn(properties.value, 'scriptOperations');
        // pac connector init writes null
        if (value === undefined || value === null) return;
        const at = properties.place.at('scriptOperations');
        if (!Array.isArray(value)) report(at, 'scriptOperations must be a list of operation ids, such as ["GetOrder"]');
        asArray(value).forEach((id, index) => {
          if (typeof id !== 'string')
            report(at.at(index), 'an entry of scriptOperations must be the text of an operationId');
        });
      },
    },
    examples: {
      good: [
        { name: 'every operation', properties: { properties: { scriptOperations: [] } } },
        { name: 'as pac connector init writes it', files: { 'apiProperties.json': propertiesOfPac } },
      ],
      bad: [
        { name: 'an object', properties: { properties: { scriptOperations: {} } }, expect: [listPlace] },
        { name: 'a text', properties: { properties: { scriptOperations: 'GetStation' } }, expect: [listPlace] },
        { name: 'a number', properties: { properties: { scriptOperations: [1] } }, expect: [`${listPlace}/0`] },
      ],
    },
  },
  {
    id: 'script-operations-exist',
    title: 'The entries of scriptOperations are operations of the definition.',
    why: 'The script never runs for others. The sample value postCall is a common leftover.',
    remedy: 'Use the operationId as it is in the definition; case counts.',
    source: 'paconn documentation; published connectors',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      properties: (properties, report, connector) => {
        if (connector.root === undefined) return;
        asArray(getOwn(properties.value, 'scriptOperations')).forEach((id, index) => {
          if (typeof id !== 'string' || connector.operationsById.has(id)) return;
          const at = properties.place.at('scriptOperations', index);
          reportUnknownOperation(id, at, 'scriptOperations', connector, report);
        });
      },
    },
    examples: {
      good: [
        {
          name: 'an operation',
          properties: { properties: { scriptOperations: ['GetStation'] } },
          files: { 'script.csx': script },
        },
      ],
      bad: [
        {
          name: 'wrong case',
          properties: { properties: { scriptOperations: ['getStation'] } },
          files: { 'script.csx': script },
          expect: [`${listPlace}/0`],
          fixed: {
            properties: { properties: { scriptOperations: ['GetStation'] } },
            files: { 'script.csx': script },
          },
        },
        {
          name: 'the sample',
          properties: { properties: { scriptOperations: ['postCall'] } },
          files: { 'script.csx': script },
          expect: [`${listPlace}/0`],
        },
      ],
    },
  },
  {
    id: 'script-operations-need-script',
    title: 'A connector that names script operations has a script.',
    why: 'Without one these operations fail, or the list means nothing.',
    remedy: 'Add script.csx, or delete scriptOperations.',
    source: 'paconn documentation',
    severity: 'W/W/W',
    on: {
      properties: (properties, report, connector) => {
        if (connector.files.script !== undefined) return;
        const { length } = asArray(getOwn(properties.value, 'scriptOperations'));
        if (length === 0) return;
        report(
          properties.place.at('scriptOperations'),
          `scriptOperations names ${counted(length, 'operation')}, but there is no script.csx; add it, or delete scriptOperations`,
        );
      },
    },
    examples: {
      good: [
        {
          name: 'both',
          properties: { properties: { scriptOperations: ['GetStation'] } },
          files: { 'script.csx': script },
        },
      ],
      bad: [
        {
          name: 'no script',
          properties: { properties: { scriptOperations: ['GetStation'] } },
          expect: [listPlace],
        },
      ],
    },
  },
  {
    id: 'script-without-operations',
    title: 'A connector with a script says which operations run through it.',
    why: 'Without scriptOperations all of them do, which costs time where the script has nothing to do.',
    remedy: 'List the operations, or write "scriptOperations": [] to say that all are meant.',
    source: 'paconn documentation; published connectors',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      properties: (properties, report, connector) => {
        if (connector.files.script === undefined || getOwn(properties.value, 'scriptOperations') !== undefined) return;
        const at = properties.place.at('scriptOperations');
        report(
          at,
          'there is a script but no scriptOperations, so that every operation runs through it; name the operations, or write [] if all are meant',
          { op: 'set', at, value: [] },
        );
      },
    },
    examples: {
      good: [
        {
          name: 'all, said',
          properties: { properties: { scriptOperations: [] } },
          files: { 'script.csx': script },
        },
      ],
      bad: [
        {
          name: 'not said',
          files: { 'script.csx': script },
          expect: [listPlace],
          fixed: {
            properties: { properties: { scriptOperations: [] } },
            files: { 'script.csx': script },
          },
        },
      ],
    },
  },
]);
