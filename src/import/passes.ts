import { asString } from '../connector/json/value.ts';
import { type Pass, pass } from './conversion.ts';
import { assemble } from './passes/assemble.ts';
import { checkDynamicInputs } from './passes/dynamic-inputs.ts';
import { relinkDynamics } from './passes/dynamic-references.ts';
import { reportExtensions } from './passes/extensions.ts';
import { completeDescription, convertInfo } from './passes/info.ts';
import { showNeededInputs } from './passes/internal-inputs.ts';
import { nameOperations } from './passes/operation-ids.ts';
import { writeTexts } from './passes/operation-texts.ts';
import { convertOperations } from './passes/operations.ts';
import { addPaging } from './passes/paging.ts';
import { chooseAuthentication, ofSignIn, reportSignInPolicies } from './passes/security.ts';
import { hasSelection, isNamed, namesOf, selectOperations } from './passes/select.ts';
import { chooseTransport } from './passes/servers.ts';
import { checkStatedTriggers } from './passes/stated-triggers.ts';
import { addTriggers, convertNotifications, convertWebhooks, reportCallbacks } from './passes/triggers.ts';
import { addWebhooks, pairWebhooks } from './passes/webhooks.ts';
import { Definitions } from './schemas/definitions.ts';
import { heaviest, removeUnreferenced } from './schemas/reachable.ts';
import { breakRequiredCycles } from './schemas/required-cycles.ts';
import { limitSchemas } from './schemas/schema-limits.ts';
import { shrink, targetBytes } from './schemas/shrink.ts';
import { reportUnused } from './schemas/unused.ts';

/**
 * The passes of a conversion, in their order. Each names what it needs and what it leaves behind; those that leave
 * nothing report, or change what an earlier one has left.
 */
export const passes: readonly Pass[] = [
  pass('report what reading has noticed', ['source', 'model', 'report'], [], ({ source, model, report }) => {
    for (const { code, severity, pointer, message } of source.notes) report.add(severity, code, pointer, message);
    for (const key of model.leftovers) report.info('root-dropped', `/${key}`, `${key} has no place in a connector.`);
  }),
  pass('select operations', ['model', 'options', 'report'], ['selected'], ({ model, options, report }) => ({
    selected: selectOperations(model, options, report),
  })),
  pass(
    'report vendor extensions',
    ['source', 'model', 'selected', 'report'],
    [],
    ({ source, model, selected, report }) => {
      reportExtensions(source.root.root, model.operations, selected, report);
    },
  ),
  pass(
    'choose the host',
    ['model', 'selected', 'options', 'report', 'source'],
    ['transport'],
    ({ model, selected, options, report, source }) => ({
      transport: chooseTransport(model, selected, options, report, source.url),
    }),
  ),
  pass('describe the connector', ['model', 'report'], ['info'], ({ model, report }) => ({
    info: convertInfo(model, report),
  })),
  pass(
    'choose how to sign in',
    ['model', 'selected', 'options', 'report', 'transport', 'info'],
    ['authentication'],
    ({ model, selected, options, report, transport, info }) => {
      const { schemes, host, basePath, connectionParameters } = transport;
      const authentication = chooseAuthentication({
        model,
        operations: selected,
        wanted: options.auth,
        present: options.present?.chosen?.signIn,
        report,
        serverUrl: `${schemes[0] ?? 'https'}://${host}${basePath}`,
        service: { name: asString(info.title) ?? '', host },
        taken: Object.keys(connectionParameters),
      });
      reportSignInPolicies(model, authentication, report);
      return { authentication };
    },
  ),
  pass('name operations', ['selected'], ['ids'], ({ selected }) => ({ ids: nameOperations(selected) })),
  pass('write the texts of operations', ['selected', 'ids', 'report'], ['texts'], ({ selected, ids, report }) => ({
    texts: writeTexts(selected, ids, report),
  })),
  pass('say what the connector does', ['info', 'selected', 'texts'], [], ({ info, selected, texts }) => {
    completeDescription(info, selected, texts);
  }),
  pass('prepare for schemas', ['model', 'report'], ['definitions'], ({ model, report }) => {
    const siblingsCount = model.format === 'openapi' && !model.version.startsWith('3.0');
    return { definitions: new Definitions(model.references, report, model.components, siblingsCount) };
  }),
  pass('pair webhooks', ['model', 'selected', 'options'], ['triggers'], ({ model, selected, options }) => {
    const names = namesOf(model, options);
    const webhooks = pairWebhooks(model, selected, options.webhooks ?? [], (operation, name) =>
      isNamed(operation, [name], names),
    );
    return { triggers: { callbacks: options.triggers === true, webhooks } };
  }),
  pass(
    'convert operations',
    ['selected', 'definitions', 'report', 'options', 'ids', 'texts', 'transport', 'authentication'],
    ['converted'],
    ({ selected, transport, authentication, ...context }) => ({
      converted: convertOperations(selected, {
        ...context,
        prefix: transport.prefix,
        isOfSignIn: ofSignIn(authentication),
      }),
    }),
  ),
  pass(
    'convert what the API sends',
    ['model', 'converted', 'definitions', 'report', 'triggers'],
    ['notifications', 'contents'],
    ({ model, converted, definitions, report, triggers }) => {
      reportCallbacks(model, converted.operations, definitions, report, triggers);
      return {
        notifications: convertNotifications(converted.operations, definitions, triggers),
        contents: convertWebhooks(triggers, definitions),
      };
    },
  ),
  pass(
    'convert named schemas',
    ['model', 'definitions', 'options', 'report', 'converted', 'notifications'],
    ['schemas'],
    ({ model, definitions, options, report }) => {
      definitions.finish();
      const schemas = definitions.all();
      breakRequiredCycles(schemas, report);
      if (!hasSelection(options)) reportUnused(model, definitions, report);
      return { schemas };
    },
  ),
  pass(
    'assemble the definition',
    ['model', 'info', 'transport', 'authentication', 'converted', 'schemas'],
    ['definition'],
    (parts) => ({ definition: assemble(parts) }),
  ),
  pass(
    'make triggers',
    ['notifications', 'contents', 'triggers', 'converted', 'definition', 'options', 'report'],
    ['subscriptions'],
    ({ notifications, contents, triggers, converted, definition, options, report }) => {
      if (notifications.size > 0) addTriggers(notifications, definition, report);
      const definitionOnly = options.definitionOnly === true;
      const { operations } = converted;
      return {
        subscriptions: addWebhooks(triggers.webhooks, { definition, operations, contents, report, definitionOnly }),
      };
    },
  ),
  pass(
    'check what a connector states itself',
    ['converted', 'definition', 'report'],
    [],
    ({ converted, definition, report }) => {
      checkStatedTriggers(converted.operations, definition, report);
      showNeededInputs(converted.operations, definition, report);
    },
  ),
  pass('recognise paging', ['converted', 'schemas', 'report'], ['paging'], ({ converted, schemas, report }) => ({
    paging: addPaging(converted.operations, schemas, report),
  })),
  pass(
    'link dynamic values',
    ['definition', 'converted', 'ids', 'report'],
    [],
    ({ definition, converted, ids, report }) => {
      if (relinkDynamics(definition, ids, report)) checkDynamicInputs(converted.operations, definition, report);
    },
  ),
  pass(
    'keep to the number of schemas that the service takes',
    ['definition', 'converted', 'schemas', 'report'],
    [],
    ({ definition, converted, schemas, report }) => {
      limitSchemas(definition, converted.operations, placesOf(schemas), report);
    },
  ),
  pass('remove definitions that nothing refers to', ['definition'], [], ({ definition }) => {
    removeUnreferenced(definition);
  }),
  pass(
    'keep to the size that the service takes',
    ['definition', 'converted', 'schemas', 'options', 'report'],
    ['fit'],
    ({ definition, converted, schemas, options, report }) => ({
      fit: shrink({
        definition,
        places: placesOf(schemas),
        report,
        maxBytes: options.maxBytes ?? targetBytes,
        maxDepth: options.maxDepth,
        heaviest: () => heaviest(converted.operations, definition),
      }),
    }),
  ),
];

const placesOf = (schemas: readonly { name: string; at: string }[]): Map<string, string> =>
  new Map(schemas.map(({ name, at }) => [name, at]));
