import sample from '../../templates/sample/connector/apiDefinition.json' with { type: 'json' };
import { clone, type JsonObject } from './json/value.ts';

/**
 * The connector that a repository begins with when nothing else is given: a small definition that certification accepts,
 * with a list, a get with a path parameter and a create with a body. Title and description are empty.
 */
export const sampleDefinition = (): JsonObject => clone(sample as JsonObject);

/** What its description says. @param title of the connector */
export const sampleDescription = (title: string): string => `Lists, reads and creates the items that ${title} manages.`;
