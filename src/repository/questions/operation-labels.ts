/** How the prompts of `operation` call the choices: a label, and after a colon a hint. */
export const labelsOf = {
  method: {
    get: 'GET: reads',
    post: 'POST: creates, or starts something',
    put: 'PUT: replaces as a whole',
    patch: 'PATCH: changes a part',
    delete: 'DELETE: removes',
    head: 'HEAD: reads the headers alone',
    options: 'OPTIONS: asks what is allowed',
  },
  visibility: {
    normal: 'In the list: as most operations',
    important: 'At the top of the list: what most people need',
    advanced: 'Behind "show advanced": for few',
    internal: 'Nowhere: other operations use it',
  },
  upload: {
    multipart: 'In a form: multipart/form-data, with fields beside it',
    raw: 'As the whole body: the bytes alone',
    base64: 'Inside of JSON: encoded in Base64',
  },
  location: {
    api: 'From the API: it answers with the header Location',
    policy: 'From a policy: the address is always the same',
    script: 'From a script: the address is made of an id in the answer',
  },
  polling: {
    policy: 'A policy: it asks for what is newer than the last item',
    protocol: 'The API: it answers with 202, Location and Retry-After',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
