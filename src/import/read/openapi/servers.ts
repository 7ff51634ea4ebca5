import { asArray, getOwn } from '../../../connector/json/value.ts';
import type { SourceServer } from '../../model.ts';
import { child, elements, type Located, members } from '../source.ts';
import { asText, scalarText } from '../source-values.ts';

export function readServers(node: Located | undefined): SourceServer[] {
  const result: SourceServer[] = [];
  for (const server of elements(node)) {
    const url = asText(getOwn(server.value, 'url'));
    if (url === undefined) continue;
    result.push({
      url: url.trim(),
      at: server.at,
      description: asText(getOwn(server.value, 'description')),
      variables: members(child(server, 'variables')).map(([name, variable]) => ({
        name,
        value:
          scalarText(getOwn(variable.value, 'default')) ?? scalarText(asArray(getOwn(variable.value, 'enum'))[0]) ?? '',
        allowed: asArray(getOwn(variable.value, 'enum'))
          .map(scalarText)
          .filter((entry) => entry !== undefined),
        description: asText(getOwn(variable.value, 'description')),
        at: variable.at,
      })),
    });
  }
  return result;
}
