/** Methods that an operation may have, in lower case as in the definition. */
export const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;
export type Method = (typeof methods)[number];
