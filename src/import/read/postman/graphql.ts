import { asString, getOwn, isObject, type Json, type JsonObject } from '../../../connector/json/value.ts';
import { inferAsModel } from './infer.ts';
import { parseSample, type Request } from './request.ts';

/** GraphQL requests of Postman: a query that the author has written, and the variables that it takes. */

const partOf = (request: Request, key: string): Json | undefined =>
  getOwn(getOwn(request.node.value.body, 'graphql') ?? null, key);

const queryOf = (request: Request): string => (asString(partOf(request, 'query')) ?? '').trim();

/** Whether requests send different queries to one address: there they are one action, whose query is an input. */
export const hasSeveralQueries = (requests: readonly Request[]): boolean => new Set(requests.map(queryOf)).size > 1;

/** Whether a request sends a query of GraphQL. */
export const isGraphql = (request: Request): boolean => getOwn(request.node.value.body, 'mode') === 'graphql';

/**
 * The body of requests that send a query. That of a single query is its default, and its variables have their types; a
 * query that holds values of its own is left to the user, since values of samples never reach a connector.
 */
export function graphqlSchema(requests: readonly Request[]): JsonObject {
  const [first] = requests;
  const query = first === undefined ? '' : queryOf(first);
  const isSingle = query !== '' && !hasSeveralQueries(requests) && !/"|\{\{/.test(query);
  const samples = requests.map(variablesOf).filter(isObject);
  const variables = isSingle && samples.length > 0 ? inferAsModel(samples) : { type: 'object' };
  return {
    type: 'object',
    required: ['query'],
    properties: {
      query: {
        type: 'string',
        title: 'Query',
        ...(isSingle ? { default: query } : {}),
      },
      variables,
    },
  };
}

function variablesOf(request: Request): Json | undefined {
  const variables = partOf(request, 'variables');
  return typeof variables === 'string' ? parseSample(variables) : variables;
}
