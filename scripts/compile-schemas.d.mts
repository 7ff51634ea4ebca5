export function compileSchemas(schemas: Readonly<Record<string, string>>): Record<string, string>;
