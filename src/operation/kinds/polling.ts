import { resolve } from '../../connector/follow.ts';
import { asObject, getOwn, type JsonObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { titleCase } from '../../language/words.ts';
import type { NewPolicy } from '../../policy/policies.ts';
import type { NewOperation, NewParameter } from '../model.ts';
import { schemaAt } from '../schemas.ts';
import { standardTexts } from '../standard-texts.ts';
import type { KindContext, KindOfOperation } from './kind.ts';
import { describeTrigger, hintOf, triggerSummary } from './trigger-texts.ts';

/** The platform asks again and again (docs/reference/openapi-extensions.md#polling-trigger). */
export const polling: KindOfOperation = {
  title: 'Trigger by polling: asks for news regularly',
  method: 'get',
  summary: triggerSummary,
  description: describeTrigger,
  prepare(operation) {
    if (operation.method?.toLowerCase() !== 'get') {
      throw new UserError(`--method ${operation.method}: a polling trigger is a GET`, { hint: 'leave --method out' });
    }
    if (operation.response?.schema === undefined) {
      throw new UserError('--response-sample is missing: a polling trigger needs the list that the API answers with', {
        hint: 'give a sample with at least one item: --response-sample FILE',
      });
    }
    return isByPolicy(operation) ? withState(operation) : operation;
  },
  additionalKeys: (operation, context) => ({
    operation: {
      'x-ms-trigger': 'batch',
      ...hintOf(operation.summary ?? '', operation.polling?.hint),
      // all but one of the published triggers with the policy carry it
      ...(isByPolicy(operation) ? { 'x-ms-trigger-metadata': { mode: 'polling', kind: 'query' } } : {}),
    },
    policies: isByPolicy(operation) ? [pollingPolicy(operation, context)] : [],
  }),
};

const isByPolicy = (operation: NewOperation): boolean => (operation.polling?.form ?? 'policy') === 'policy';

/** Where the state is among other text of its parameter. */
const placeholder = '{state}';

export const checkStateTemplate = (value: string): true | string =>
  value.includes(placeholder) ||
  `"${value}" must have ${placeholder} where the state goes, such as created gt ${placeholder}`;

const stateName = (operation: NewOperation): string => operation.polling?.stateParameter ?? 'since';

/** The state travels in a query parameter that nobody fills in. */
function withState(operation: NewOperation): NewOperation {
  const name = stateName(operation);
  const given = operation.parameters ?? [];
  const same = given.find((parameter) => parameter.name === name);
  if (same !== undefined && same.in !== 'query') {
    throw new UserError(`--state-parameter ${name}: must be a query parameter, not one in ${same.in}`);
  }
  if (same !== undefined) return operation;
  const state: NewParameter = {
    name,
    in: 'query',
    summary: titleCase(name),
    description: standardTexts.stateOfTrigger,
    visibility: 'internal',
  };
  return { ...operation, parameters: [state, ...given] };
}

function pollingPolicy(operation: NewOperation, { definition }: KindContext): NewPolicy {
  const schema = operation.response?.schema ?? {};
  const path = operation.polling?.itemsPath ?? firstList(definition, schema);
  const list = path === undefined ? undefined : schemaAt(definition, schema, path);
  if (path === undefined || list === undefined || getOwn(list, 'type') !== 'array') {
    throw new UserError(`--items-path ${path ?? ''}: the response has no such list`.replace(' :', ':'), {
      hint: 'name the property that holds the items, such as --items-path items',
    });
  }
  const statePath = operation.polling?.statePath;
  const items = resolve(definition, getOwn(list, 'items')) ?? {};
  if (statePath === undefined || schemaAt(definition, items, statePath) === undefined) {
    const names = Object.keys(asObject(getOwn(items, 'properties')));
    throw new UserError(
      statePath === undefined
        ? '--state-path is missing: which property of the newest item becomes the state?'
        : `--state-path ${statePath}: an item has no such property`,
      { hint: `an item has: ${names.join(', ') || 'nothing that is named'}` },
    );
  }
  const body = `triggerBody()${accessor(path)}`;
  const template = operation.polling?.stateTemplate ?? placeholder;
  return {
    templateId: 'pollingtrigger',
    title: `${operation.id}: keep the state of the trigger`,
    parameters: {
      triggerConfig: {
        [stateName(operation)]: template.replace(placeholder, () => `@{${body}[0]${accessor(statePath)}}`),
      },
      triggerDataPath: `@${body}`,
    },
    operations: [operation.id],
  };
}

/** `value/items` → `.value.items`; names that aren't plain are in brackets. */
const accessor = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (/^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `['${part}']`))
    .join('');

/** The path of the first list: the answer itself, or a property of it. */
function firstList(definition: JsonObject, schema: JsonObject): string | undefined {
  const root = resolve(definition, schema) ?? {};
  if (getOwn(root, 'type') === 'array') return '';
  const properties = Object.entries(asObject(getOwn(root, 'properties')));
  return properties.find(([, value]) => getOwn(resolve(definition, value), 'type') === 'array')?.[0];
}
