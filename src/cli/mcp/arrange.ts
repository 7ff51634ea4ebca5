import { asArray, asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { severities } from '../../connector/profile.ts';

/** The result of a command in the order in which a model needs it: what is cut off at the end is the least. */
export function arranged(result: Json): Json {
  if (!isObject(result)) return result;
  if (Array.isArray(getOwn(result, 'connectors'))) return findingsBySeverity(result);
  return Array.isArray(getOwn(result, 'steps')) && getOwn(result, 'next') !== undefined ? openSteps(result) : result;
}

/** Of `validate`: counts first, the worst findings first. */
function findingsBySeverity({ tool: _, counts, connectors, ...rest }: JsonObject): JsonObject {
  return {
    ...(counts === undefined ? {} : { counts }),
    connectors: asArray(connectors).map((connector) => {
      const findings = getOwn(connector, 'findings');
      if (!isObject(connector) || !Array.isArray(findings)) return connector;
      return { ...connector, findings: [...findings].sort((a, b) => severityOf(a) - severityOf(b)) };
    }),
    ...rest,
  };
}

const severityOf = (finding: Json): number =>
  (severities as readonly (Json | undefined)[]).indexOf(getOwn(finding, 'severity'));

/** Of `status`: the open steps with everything about them, of the others their names. */
function openSteps(result: JsonObject): JsonObject {
  const steps = asArray(result.steps);
  const isOver = (step: Json): boolean => ['done', 'not-needed'].includes(asString(getOwn(step, 'state')) ?? '');
  return {
    ...result,
    steps: steps.filter((step) => !isOver(step)),
    over: steps
      .filter(isOver)
      .map((step) => `${asString(getOwn(step, 'id')) ?? ''}: ${asString(getOwn(step, 'state')) ?? ''}`),
  };
}
