import { asArray, own } from '../../../connector/json/value.ts';
import type { SourceServer } from '../../model.ts';
import { child, elements, type Located, members } from '../source.ts';
import { asText, scalarText } from '../source-values.ts';

export function readServers(node: Located | undefined): SourceServer[] {
  const result: SourceServer[] = [];
  for (const server of elements(node)) {
    const url = asText(own(server.value, 'url'));
    if (url === undefined) continue;
    result.push({
      url: url.trim(),
      at: server.at,
      description: asText(own(server.value, 'description')),
      variables: members(child(server, 'variables')).map(([name, variable]) => ({
        name,
        value: scalarText(own(variable.value, 'default')) ?? scalarText(asArray(own(variable.value, 'enum'))[0]) ?? '',
        allowed: asArray(own(variable.value, 'enum'))
          .map(scalarText)
          .filter((entry) => entry !== undefined),
        description: asText(own(variable.value, 'description')),
        at: variable.at,
      })),
    });
  }
  return result;
}
