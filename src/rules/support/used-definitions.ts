import { definitionsInUse } from '../../connector/used-definitions.ts';
import { oncePerConnector } from '../engine/rule.ts';

/** Names of the definitions that operations use. */
export const usedDefinitions = oncePerConnector(({ definition }) => definitionsInUse(definition));
