import type { ServerOptions, Tool } from './tool.ts';
import { tools } from './tools.ts';

/** JSON Schema of an argument. */
const schemas: Readonly<Record<string, object>> = {
  text: { type: 'string' },
  flag: { type: 'boolean' },
  list: { type: 'array', items: { type: 'string' } },
  // JSON, or the name of a file
  sample: {},
};

/** The tools that this server offers, as the protocol lists them. */
export const describeTools = (options: ServerOptions) =>
  tools.filter((tool) => isOffered(tool, options)).map((tool) => describeTool(tool));

/** Whether a server with these permissions has a tool. */
export function isOffered(tool: Tool, { readOnly, invoke }: ServerOptions): boolean {
  if (tool.needs === 'invoke' && !invoke) return false;
  return !readOnly || tool.writes === undefined || tool.looks === true;
}

function describeTool({ name, description, listed, required, writes, needs }: Tool) {
  const properties = Object.entries(listed).map(([argument, text]) => {
    const [, type = 'text', about] = /^(\w+)(?:: (.*))?$/s.exec(text) ?? [];
    return [argument, { ...schemas[type], ...(about === undefined ? {} : { description: about }) }];
  });
  return {
    name,
    description,
    inputSchema: {
      type: 'object' as const,
      properties: Object.fromEntries(properties) as Record<string, object>,
      ...(required === undefined ? {} : { required: [...required] }),
    },
    annotations: { readOnlyHint: writes === undefined && needs === undefined },
  };
}
