import { expect } from 'chai';
import fc from 'fast-check';
import { asObject, clone, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { type KeptIds, keepOperationIds } from '../../src/import/keep-operation-ids.ts';
import type { ImportOptions } from '../../src/import/options.ts';
import {
  type ImportedBase,
  importedProperties,
  knownDefinitions,
  presentIn,
  type Refreshed,
  refresh,
} from '../../src/import/refresh.ts';
import { convert, openApi } from './convert.ts';

const answer = { responses: { '200': { description: 'What was found.' } } };
const get = (operationId: string, more: JsonObject = {}): JsonObject => ({ operationId, ...answer, ...more });

interface Repository {
  base: ImportedBase;
  definition: JsonObject;
  properties: JsonObject;
}

async function imported(document: JsonObject, options: ImportOptions = {}): Promise<Repository> {
  const result = await convert(document, options);
  const properties = importedProperties(result);
  return {
    base: { source: 'api.json', sha256: '', options: {}, definition: result.definition, properties },
    definition: clone(result.definition),
    properties: clone(properties),
  };
}

interface LaterImport extends Refreshed {
  /** The notes that people get to read. */
  notes: string[];
  leftOut: string[];
  result: KeptIds;
}

async function again(repository: Repository, document: JsonObject, options: ImportOptions = {}): Promise<LaterImport> {
  const { base, definition, properties } = repository;
  const converted = await convert(document, { ...options, present: presentIn(base, definition) });
  const kept = keepOperationIds(converted, knownDefinitions(base, definition), base.upstreamIds ?? {});
  const { result } = kept;
  const messagesOf = (code: string): string[] =>
    result.report.entries.filter((entry) => entry.code === code).map(({ message }) => message);
  const [notes, leftOut] = [messagesOf('kept-in-connector'), messagesOf('excluded-by-default')];
  return { ...refresh(base, { definition, properties }, result, 'ours'), notes, leftOut, result: kept };
}

/** The repository after an import, as the command leaves it. */
function remember(repository: Repository, { result, ...refreshed }: LaterImport): void {
  const { base } = repository;
  repository.definition = clone(refreshed.definition);
  repository.properties = clone(refreshed.properties);
  repository.base = {
    ...base,
    definition: result.result.definition,
    properties: importedProperties(result.result),
    upstreamIds: result.upstream,
  };
}

const placesIn = (definition: JsonObject): string[] =>
  Object.entries(asObject(definition.paths)).flatMap(([path, item]) =>
    Object.keys(asObject(item)).map((method) => `${method} ${path}`),
  );

const operationIn = ({ definition }: { definition: JsonObject }, path: string, method = 'get'): JsonObject =>
  asObject(asObject(asObject(definition.paths)[path])[method]);

const paths = {
  '/vans': { get: get('ListVans'), post: get('AddVan') },
  '/session': { post: get('OpenSession') },
  '/metrics': {
    get: get('GetMetrics', {
      responses: {
        '200': {
          description: 'Numbers.',
          content: { 'application/json': { schema: { type: 'object', properties: { sold: { type: 'integer' } } } } },
        },
      },
    }),
  },
};

/** A later description that gives a reason to leave out every operation but one. */
const later = openApi(
  {
    '/vans': { get: get('ListVans', { deprecated: true }), post: get('AddVan') },
    '/session': paths['/session'],
    '/metrics': { get: get('GetMetrics') },
    '/old': { get: get('ListOld', { deprecated: true }) },
  },
  {
    components: {
      securitySchemes: { login: { type: 'oauth2', flows: { password: { tokenUrl: '/session', scopes: {} } } } },
    },
  },
);

describe('import: what a refresh leaves out by default', () => {
  it('is nothing that the connector has: it stays, follows the description, and is named', async () => {
    const repository = await imported(openApi(paths));
    const { definition, conflicts, changes, notes } = await again(repository, later);
    expect(placesIn(definition)).to.deep.equal(['get /vans', 'post /vans', 'post /session', 'get /metrics']);
    expect(conflicts).to.deep.equal([]);
    expect(changes.filter(({ kind, pointer }) => kind === 'removed' && pointer.split('/').length < 5)).to.deep.equal(
      [],
    );
    expect(operationIn({ definition }, '/vans')).to.include({ deprecated: true, summary: 'List vans (deprecated)' });
    expect(notes).to.deep.equal([
      'GET /vans: deprecated, and marked so here',
      'POST /session: it serves sign-in',
      'GET /metrics: it serves monitoring',
    ]);
  });

  it('is what a flag leaves out, also one that is remembered', async () => {
    const repository = await imported(openApi(paths));
    const left = await again(repository, later, { excludeOperations: ['GET /vans'], excludePaths: ['/session'] });
    expect(placesIn(left.definition)).to.deep.equal(['post /vans', 'get /metrics']);
    const selected = await again(repository, later, { operations: ['AddVan'] });
    expect(placesIn(selected.definition)).to.deep.equal(['post /vans']);
  });

  it('is what a flag calls by the id that flows use, whatever the description calls it', async () => {
    const repository = await imported(openApi(paths));
    const renamed = openApi({ ...paths, '/vans': { get: get('index', { tags: ['Vans'] }), post: get('AddVan') } });
    const selected = await again(repository, renamed, { operations: ['ListVans'] });
    expect(placesIn(selected.definition)).to.deep.equal(['get /vans']);
    const left = await again(repository, renamed, { excludeOperations: ['ListVans', 'opensession'] });
    expect(placesIn(left.definition)).to.deep.equal(['post /vans', 'get /metrics']);
  });

  it("is not the author's own operation of the same place: it stays as it is", async () => {
    const repository = await imported(openApi(paths));
    const own = { ...get('GetOld'), summary: 'Get what is old' };
    asObject(repository.definition.paths)['/old'] = { get: own };
    const { definition, conflicts, leftOut } = await again(repository, later);
    expect(operationIn({ definition }, '/old')).to.deep.equal(own);
    expect(conflicts).to.deep.equal([]);
    expect(leftOut).to.deep.equal(["GET /old: deprecated; the connector's own stays as it is."]);
  });

  it('is what the author has taken out', async () => {
    const repository = await imported(openApi(paths));
    delete asObject(asObject(repository.definition.paths)['/vans']).get;
    delete asObject(repository.definition.paths)['/session'];
    const { definition, conflicts } = await again(repository, later);
    expect(placesIn(definition)).to.deep.equal(['post /vans', 'get /metrics']);
    expect(conflicts).to.deep.equal([]);
  });

  it('knows an operation whose path is written otherwise here, and below another base path', async () => {
    const before = openApi(
      { '/v1/boats/:id': { get: get('GetBoat') }, '/v2/boats': { get: get('ListBoats') } },
      { servers: [{ url: 'https://boats.example.com' }] },
    );
    const repository = await imported(before);
    const after = openApi(
      {
        '/boats/{number}': {
          get: get('GetBoat', { deprecated: true }),
          servers: [{ url: 'https://boats.example.com/v1' }],
        },
        '/boats': { get: get('ListBoats', { deprecated: true }), servers: [{ url: 'https://boats.example.com/v2' }] },
      },
      { servers: [{ url: 'https://boats.example.com' }] },
    );
    const { definition } = await again(repository, after);
    expect(placesIn(definition)).to.deep.equal(['get /v1/boats/{id}', 'get /v2/boats']);
  });
});

describe('import: an operation that becomes deprecated', () => {
  const before = openApi({ '/vans': { get: get('ListVans', { summary: 'List vans' }) } });
  const after = openApi({ '/vans': { get: get('ListVans', { summary: 'List vans', deprecated: true }) } });

  it("is marked in its author's words, and stays where its author has put it; both go back with the flag", async () => {
    const repository = await imported(before);
    Object.assign(operationIn(repository, '/vans'), { summary: 'Find vans', 'x-ms-visibility': 'important' });
    const { definition, conflicts } = await again(repository, after);
    expect(conflicts).to.deep.equal([]);
    const marked = { summary: 'Find vans (deprecated)', 'x-ms-visibility': 'important' };
    expect(operationIn({ definition }, '/vans')).to.include({ deprecated: true, ...marked });

    const deprecated = await imported(after, { includeDeprecated: true });
    Object.assign(operationIn(deprecated, '/vans'), marked);
    const back = await again(deprecated, before);
    expect(back.conflicts).to.deep.equal([]);
    expect(operationIn(back, '/vans')).to.include({ summary: 'Find vans', 'x-ms-visibility': 'important' });
    expect(operationIn(back, '/vans')).to.not.have.property('deprecated');
  });

  it('is the same where nobody has edited it, and a summary without room keeps its words', async () => {
    const { definition } = await again(await imported(before), after);
    expect(operationIn({ definition }, '/vans')).to.include({
      summary: 'List vans (deprecated)',
      'x-ms-visibility': 'advanced',
    });
    const repository = await imported(before);
    const long = `List ${'vans '.repeat(14)}now`;
    operationIn(repository, '/vans').summary = long;
    const result = await again(repository, after);
    expect(operationIn(result, '/vans')).to.include({ deprecated: true, summary: long });
  });
});

describe('import: what a refresh would choose otherwise', () => {
  const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
  const login = {
    type: 'oauth2',
    flows: {
      authorizationCode: {
        authorizationUrl: 'https://login.example.com/authorize',
        tokenUrl: 'https://login.example.com/token',
        scopes: {},
      },
    },
  };
  const vans = { '/vans': { get: get('ListVans') } };
  const signingIn = (schemes: JsonObject, servers: string[] = ['https://vans.example.com/v1']): JsonObject =>
    openApi(vans, {
      servers: servers.map((url) => ({ url })),
      components: { securitySchemes: schemes },
      security: Object.keys(schemes).map((name) => ({ [name]: [] })),
    });

  it('stays as it is where the description still offers it: the sign-in, whatever it is called', async () => {
    const repository = await imported(signingIn({ key }));
    for (const name of ['key', 'apiKey']) {
      const { definition, notes } = await again(repository, signingIn({ login, [name]: key }));
      expect(Object.keys(asObject(definition.securityDefinitions))).to.deep.equal([name]);
      expect(notes).to.deep.equal([`The sign-in ${name}, and not login (--auth login takes it)`]);
    }
    const gone = await again(repository, signingIn({ login }));
    expect(Object.keys(asObject(gone.definition.securityDefinitions))).to.deep.equal(['login']);
    const wanted = await again(repository, signingIn({ login, key }), { auth: 'login' });
    expect(Object.keys(asObject(wanted.definition.securityDefinitions))).to.deep.equal(['login']);
  });

  it('stays as it is where the description still offers it: the host', async () => {
    const first = 'https://new.example.com/v1';
    const old = 'https://vans.example.com/v1';
    const repository = await imported(signingIn({ key }));
    const { definition, notes } = await again(repository, signingIn({ key }, [first, old]));
    expect(definition.host).to.equal('vans.example.com');
    expect(notes).to.deep.equal(['The host vans.example.com, and not new.example.com (--server 0 takes it)']);
    expect((await again(repository, signingIn({ key }, [first]))).definition.host).to.equal('new.example.com');
    expect((await again(repository, signingIn({ key }, [first, old]), { server: 0 })).definition.host).to.equal(
      'new.example.com',
    );
  });
});

describe('import: operations that the description has elsewhere', () => {
  const vans = (prefix: string, more: JsonObject = {}): JsonObject => ({
    [`${prefix}/vans`]: { get: get('ListVans', { summary: 'List vans' }) },
    [`${prefix}/vans/{id}`]: { get: get('GetVan', { summary: 'Get van' }) },
    ...more,
  });
  const at = (url: string, items: JsonObject): JsonObject => openApi(items, { servers: [{ url }] });
  const edited = async (document: JsonObject): Promise<Repository> => {
    const repository = await imported(document);
    operationIn(repository, Object.keys(asObject(repository.definition.paths))[0] ?? '').summary = 'Find vans';
    return repository;
  };
  const idsIn = ({ definition }: { definition: JsonObject }): string[] =>
    placesIn(definition).map((place) => {
      const [method = '', path = ''] = place.split(' ');
      const { operationId, summary } = operationIn({ definition }, path, method);
      return `${place} ${String(operationId)} ${String(summary)}`;
    });
  const root = 'https://vans.example.com';

  it('are the same below a base path that ends elsewhere: nothing changes', async () => {
    for (const [before, after] of [
      [at(`${root}/v1`, vans('')), at(root, vans('/v1'))],
      [at(root, vans('/v1')), at(`${root}/v1`, vans(''))],
    ] as const) {
      const repository = await edited(before);
      const { definition, conflicts } = await again(repository, after);
      expect(definition).to.deep.equal(repository.definition);
      expect(conflicts).to.deep.equal([]);
    }
  });

  it('keep id, edits and address where the base path becomes shorter, as do those of the author', async () => {
    const repository = await edited(at(`${root}/v1`, vans('')));
    const own = { ...get('GetOwn'), summary: 'Get own' };
    asObject(repository.definition.paths)['/own'] = { get: own };
    const result = await again(repository, at(root, vans('/v1', { '/v2/boats': { get: get('ListBoats') } })));
    expect(result.definition.basePath).to.equal('/');
    expect(idsIn(result)).to.have.members([
      'get /v1/vans ListVans Find vans',
      'get /v1/vans/{id} GetVan Get van',
      'get /v2/boats ListBoats List boats',
      'get /v1/own GetOwn Get own',
    ]);
    expect(result.changes).to.deep.include({ kind: 'updated', pointer: '/paths/~1v1~1vans/get' });
    expect(result.changes).to.deep.include({ kind: 'updated', pointer: '/basePath' });
    expect(result.conflicts).to.deep.equal([]);
  });

  it('keep id and edits at a path of another name or in other capitals, and under another method', async () => {
    const item = (method: string, summary = 'List vans'): JsonObject => ({ [method]: get('ListVans', { summary }) });
    for (const [path, method] of [
      ['/Vans', 'get'],
      ['/cars', 'get'],
      ['/vans/', 'get'],
      ['/vans', 'put'],
    ] as const) {
      const result = await again(await edited(openApi({ '/vans': item('get') })), openApi({ [path]: item(method) }));
      expect(idsIn(result)).to.deep.equal([`${method} ${path} ListVans Find vans`]);
      expect(result.changes.filter(({ kind }) => kind === 'added' || kind === 'removed')).to.deep.equal([]);
      expect(result.conflicts).to.deep.equal([]);
    }
  });

  it('are new ones where the old place has something else, or path and method are others', async () => {
    const before = openApi({ '/vans': { get: get('ListVans') }, '/boats': { get: get('ListBoats') } });
    const after = openApi({
      '/vans': { get: get('ListCars') },
      '/cars': { get: get('ListVans') },
      '/ships': { post: get('ListBoats') },
    });
    const { definition } = await again(await imported(before), after);
    expect(operationIn({ definition }, '/vans').operationId).to.equal('ListVans');
    expect(operationIn({ definition }, '/cars').operationId).to.equal('ListVans2');
    expect(operationIn({ definition }, '/ships', 'post').operationId).to.equal('ListBoats2');
  });
});

describe('import: an operation that the author has taken out', () => {
  const van = { type: 'object', properties: { id: { type: 'string', description: 'Its number.' } } };
  const answeringVan = (more: JsonObject = {}): JsonObject =>
    get('GetVan', {
      responses: {
        '200': {
          description: 'The van.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Van' } } },
        },
      },
      ...more,
    });
  const document = (items: JsonObject, schema: JsonObject = van): JsonObject =>
    openApi({ '/boats': { get: get('ListBoats') }, ...items }, { components: { schemas: { Van: schema } } });
  const without = async (): Promise<Repository> => {
    const repository = await imported(document({ '/van': { get: answeringVan() } }));
    delete asObject(repository.definition.paths)['/van'];
    delete repository.definition.definitions;
    return repository;
  };
  const changed = { ...van, description: 'A van of ours.' };

  it('stays out when the description changes it, and is no conflict', async () => {
    const later = document({ '/van': { get: answeringVan({ summary: 'Get a van' }) } }, changed);
    for (const options of [{}, { includeDeprecated: true }]) {
      const { definition, conflicts, changes } = await again(await without(), later, options);
      expect(placesIn(definition)).to.deep.equal(['get /boats']);
      expect(definition).to.not.have.property('definitions');
      expect(conflicts).to.deep.equal([]);
      expect(changes).to.deep.equal([{ kind: 'kept', pointer: '/paths/~1van/get' }]);
    }
  });

  it('leaves its path and its schemas to new operations', async () => {
    for (const schema of [van, changed]) {
      const get = answeringVan();
      const later = document({ '/van': { get, put: { ...get, operationId: 'PutVan' } } }, schema);
      const { definition, conflicts } = await again(await without(), later);
      expect(placesIn(definition)).to.deep.equal(['get /boats', 'put /van']);
      expect(definition).to.have.nested.property('definitions.Van.properties.id');
      expect(conflicts).to.deep.equal([]);
    }
  });
});

describe('import: descriptions whose operations wander', () => {
  const nouns = ['vans', 'Vans', 'boats', 'vans/{id}', 'vans/{number}', 'v1/vans', 'own'];
  const plans = fc.record({
    base: fc.constantFrom('', '/v1', '/v2'),
    places: fc.uniqueArray(
      fc.record({
        path: fc.constantFrom(...nouns),
        method: fc.constantFrom('get', 'post'),
        id: fc.constantFrom('a', 'b', 'c', 'd', undefined),
        deprecated: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5, selector: ({ path, method }) => `${method} /${path}` },
    ),
  });
  type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;
  const words: Record<string, string> = { a: 'findThings', b: 'showStuff', c: 'sendParcel', d: 'readLetter' };

  function documentOf({ base, places }: Plan): JsonObject {
    const items: JsonObject = {};
    const used = new Set<string>();
    for (const { path, method, id, deprecated } of places) {
      // an address with the base path twice is nobody's
      if (base !== '' && path.startsWith('v1/')) continue;
      const operationId = id === undefined || used.has(id) ? undefined : words[id];
      used.add(id ?? '');
      const operation: Json = { ...answer, ...(operationId === undefined ? {} : { operationId }), deprecated };
      items[`/${path}`] = { ...asObject(items[`/${path}`]), [method]: operation };
    }
    items['/always'] = { get: get('GetAlways') };
    return openApi(items, { servers: [{ url: `https://vans.example.com${base}` }] });
  }

  /** Edits one operation, takes another one out and adds one. */
  function edit({ definition }: Repository, choice: number): { edited: string; removed: string | undefined } {
    const places = placesIn(definition);
    const at = (index: number): [string, string] =>
      (places[index % places.length] ?? '').split(' ') as [string, string];
    const [method, path] = at(choice);
    const operation = operationIn({ definition }, path, method);
    operation.summary = 'Edited by hand';
    const [otherMethod, otherPath] = at(choice + 1);
    const other = operationIn({ definition }, otherPath, otherMethod);
    const item = asObject(asObject(definition.paths)[otherPath]);
    if (places.length > 1) delete item[otherMethod];
    if (Object.keys(item).length === 0) delete asObject(definition.paths)[otherPath];
    asObject(definition.paths)['/mine'] = { get: { ...get('GetMine'), summary: 'Mine' } };
    return {
      edited: String(operation.operationId),
      removed: places.length > 1 ? String(other.operationId) : undefined,
    };
  }

  const idsIn = (definition: JsonObject): string[] =>
    placesIn(definition).map((place) => {
      const [method = '', path = ''] = place.split(' ');
      return String(operationIn({ definition }, path, method).operationId);
    });

  it('keep ids unique, edits and removals; the same version again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(plans, plans, plans, fc.nat(4), async (first, second, third, choice) => {
        const repository = await imported(documentOf(first), { includeDeprecated: true });
        const { edited, removed } = edit(repository, choice);
        for (const plan of [second, third]) {
          const document = documentOf(plan);
          const result = await again(repository, document, { includeDeprecated: true });
          const ids = idsIn(result.definition);
          expect(new Set(ids.map((id) => id.toLowerCase())).size, 'ids are unique').to.equal(ids.length);
          expect(ids).to.include('GetMine');
          // what the description itself has left out meanwhile is new when it comes back
          if (removed !== undefined && idsIn(repository.base.definition).includes(removed))
            expect(ids).to.not.include(removed);
          const index = ids.indexOf(edited);
          const [method = '', path = ''] = (placesIn(result.definition)[index] ?? '').split(' ');
          if (index >= 0) expect(operationIn(result, path, method).summary).to.match(/^Edited by hand/);
          remember(repository, result);
          const settled = clone(repository.definition);
          const same = await again(repository, document, { includeDeprecated: true });
          expect(same.definition).to.deep.equal(settled);
          expect(same.changes.filter(({ kind }) => kind !== 'kept')).to.deep.equal([]);
        }
      }),
      { seed: 29, numRuns: 40 },
    );
  });
});

describe('import: any description that is refreshed', () => {
  const names = ['vans', 'boats', 'session', 'oauth/token', 'metrics', 'health'];
  const methods = ['get', 'post', 'head'];
  const documents = fc.record({
    /** Whether each operation is there, and deprecated. */
    flags: fc.array(fc.constantFrom('none', 'plain', 'deprecated'), { minLength: 18, maxLength: 18 }),
    tokenUrl: fc.constantFrom('/session', '/vans', 'https://vans.example.com/v1/boats'),
    base: fc.constantFrom('', '/v1'),
  });
  type Plan = typeof documents extends fc.Arbitrary<infer T> ? T : never;

  function documentOf({ flags, tokenUrl, base }: Plan): JsonObject {
    const items: JsonObject = { '/orders': { get: get('ListOrders') } };
    flags.forEach((flag, index) => {
      const name = names[index % names.length] ?? '';
      const method = methods[Math.floor(index / names.length)] ?? '';
      if (flag === 'none') return;
      const operation: Json = { ...answer, ...(flag === 'deprecated' ? { deprecated: true } : {}) };
      items[`${base}/${name}`] = { ...asObject(items[`${base}/${name}`]), [method]: operation };
    });
    const flows = { password: { tokenUrl, scopes: {} } };
    return openApi(items, {
      servers: [{ url: `https://vans.example.com${base === '' ? '/v1' : ''}` }],
      components: { securitySchemes: { login: { type: 'oauth2', flows } } },
    });
  }

  it('keeps every operation that the later version still has', async () => {
    await fc.assert(
      fc.asyncProperty(documents, documents, async (first, second) => {
        const last = { ...second, base: first.base };
        const repository = await imported(documentOf(first));
        const before = new Set(placesIn(repository.definition));
        const there = new Set(placesIn(documentOf(last)));
        const { definition, conflicts } = await again(repository, documentOf(last));
        const after = new Set(placesIn(definition));
        expect([...before].filter((place) => there.has(place) && !after.has(place))).to.deep.equal([]);
        expect(conflicts).to.deep.equal([]);
        // and brings in nothing that a first import would leave out
        const alone = new Set(placesIn((await imported(documentOf(last))).definition));
        expect([...after].filter((place) => !alone.has(place) && !before.has(place))).to.deep.equal([]);
      }),
      { seed: 29, numRuns: 60 },
    );
  });
});
