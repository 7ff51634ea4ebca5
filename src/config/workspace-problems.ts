import type { Json } from '../connector/json/value.ts';
import { workspaceName } from '../connector/workspace.ts';
import { type SchemaProblem, schemaProblems } from './schema-problems.ts';
import compiled from './validate-workspace.generated.ts';

/** What is wrong with a pp-connector.json, by schemas/pp-connector.schema.json: all problems, in the order of the schema. */
export const workspaceProblems = (value: Json): SchemaProblem[] => schemaProblems(compiled, value, workspaceName);
