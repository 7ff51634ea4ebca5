export function compileSchemas(configSchema: string): Record<string, string>;
