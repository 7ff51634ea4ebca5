import type { DescriptionFormat } from './format.ts';
import { openapi } from './openapi.ts';
import { postman } from './postman.ts';
import { swagger } from './swagger.ts';

/** All formats that can be read; the first that recognises a description has it. */
export const formats: readonly DescriptionFormat[] = [openapi, swagger, postman];
