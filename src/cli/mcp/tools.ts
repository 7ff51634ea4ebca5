import type { Tool, ToolArguments } from './tool.ts';

const unlessDry = (args: ToolArguments): boolean => args.dryRun !== true;
const asJson = (): readonly string[] => ['--format', 'json'];

const dryRun = 'flag: show what would change, write nothing';

/** In the order in which an agent needs them. */
export const tools: readonly Tool[] = [
  {
    name: 'overview',
    description:
      'Start here: the connector in the folder: title, host, sign-in, operations (id, kind, method, path), policies, files. No arguments are needed.',
    listed: {},
    json: true,
  },
  {
    name: 'validate',
    description:
      'Check the connector against the rules of the service and of certification. Call it after every edit. Gives counts and the five worst findings with file, line and pointer; then explain_rule or fix.',
    command: 'validate',
    load: async () => (await import('../commands/validate.ts')).command,
    words: asJson,
    listed: { profile: 'text: custom, verified or independent (default: that of the connector)' },
    withheld: ['fix', 'fix-unsafe', 'dry-run', 'baseline', 'recursive'],
    json: true,
  },
  {
    name: 'explain_rule',
    description:
      'Why a rule exists, its remedy, a good and a bad example. Also for policy numbers of reviewers (5000.1.1.12) and errors of the service. Example: {"id": "info-title-length"}.',
    command: 'rules',
    load: async () => (await import('../commands/rules.ts')).command,
    words: asJson,
    listed: { id: 'text: the rule' },
    required: ['id'],
    json: true,
  },
  {
    name: 'fix',
    description:
      'Fix what has one certain remedy. Shows the changes as a diff; {"apply": true} writes them. Never changes ids or what flows refer to, unless fixUnsafe.',
    command: 'fix',
    load: async () => (await import('../commands/fix.ts')).command,
    words: (args) => (args.apply === true ? asJson() : ['--dry-run']),
    listed: {
      apply: 'flag: write the changes',
      fixUnsafe: 'flag: ids, too, and files that are not submitted; only before the first release',
    },
    withheld: ['dry-run', 'recursive'],
    writes: (args) => args.apply === true,
    looks: true,
    json: false,
  },
  {
    name: 'add_operation',
    description:
      'Add an action or a trigger. Needs method and path, or curl. Samples are JSON values or names of files; schemas are inferred from them. Example: {"method": "get", "path": "/orders/{orderId}", "responseSample": {"id": 1}}. Also by kind: paging, webhook, polling, upload, download, internal, agent-tool (guide://triggers, guide://dynamic-values).',
    command: 'operation',
    load: async () => (await import('../commands/operation.ts')).command,
    listed: {
      kind: 'text: action, paging, webhook, polling, upload, download, internal or agent-tool',
      method: 'text: get, post, put, patch, delete',
      path: 'text: below the base path',
      id: 'text: operation id, Pascal case',
      summary: 'text: name that makers see',
      description: 'text: a sentence that ends with a full stop',
      curl: 'text: a whole curl command instead of method and path',
      param: 'list: NAME:IN[:TYPE][:required][=DEFAULT][|SUMMARY[|DESCRIPTION]]',
      requestSample: 'sample: body that is sent',
      responseSample: 'sample: answer',
      notificationSample: 'sample: what a webhook is sent',
      dryRun,
    },
    withheld: ['edit', 'rename', 'to', 'revise', 'deprecate', 'replacement', 'remove', 'drop-sample'],
    writes: unlessDry,
    json: false,
  },
  {
    name: 'edit_operation',
    description:
      'Change an operation that is there: {"edit": "ListOrders", "summary": "List all orders"}, with the arguments of add_operation. Or one of: rename with to; revise (the next revision, at path); deprecate; remove; dropSample.',
    command: 'operation',
    load: async () => (await import('../commands/operation.ts')).command,
    listed: {
      edit: 'text: id of the operation',
      summary: 'text',
      description: 'text',
      param: 'list: as in add_operation',
      removeParam: 'list: names',
      rename: 'text: its id; before the first release only',
      to: 'text: the new id',
      revise: 'text: its id',
      deprecate: 'list: ids',
      remove: 'list: ids; with everything that refers to them',
      dropSample: 'flag: remove the operations of the sample of a new repository',
      dryRun,
    },
    writes: unlessDry,
    json: false,
  },
  {
    name: 'set_authentication',
    description:
      'Set how people sign in. Example: {"auth": "api-key", "in": "header", "name": "X-Api-Key"}. Secrets and client ids are never given here: placeholders are written (guide://authentication).',
    command: 'oauth',
    load: async () => (await import('../commands/oauth.ts')).command,
    listed: {
      auth: 'text: none, api-key, basic, oauth2, entra, client-credentials, oauth2-generic or windows',
      in: 'text: api-key: header or query',
      name: 'text: api-key: name of the header',
      authorizationUrl: 'text: oauth2',
      tokenUrl: 'text: oauth2',
      scope: 'list: scopes',
      resourceUri: 'text: entra: App ID URI of the API',
      dryRun,
    },
    withheld: ['client-id'],
    writes: unlessDry,
    json: false,
  },
  {
    name: 'add_policy',
    description:
      'Add a policy (changes of requests or answers). Example: {"template": "setheader", "set": ["name=X-Api-Version", "value=2"]}. {"list": true} shows those there are and the templates; remove takes a number of that list.',
    command: 'policy',
    load: async () => (await import('../commands/policy.ts')).command,
    listed: {
      template: 'text: id of the template',
      set: 'list: PARAMETER=VALUE',
      operations: 'list: ids (default: all)',
      section: 'text: Request, Response or Failure',
      remove: 'text: title or number',
      list: 'flag',
      dryRun,
    },
    writes: (args) => args.list !== true && unlessDry(args),
    json: false,
  },
  {
    name: 'import_description',
    description:
      'Bring in an API description (OpenAPI 3, Swagger 2.0, Postman), or its changes: your edits are kept, and what is lost is reported. Example: {"source": "api/openapi.yaml", "dryRun": true}.',
    command: 'import',
    load: async () => (await import('../commands/import.ts')).command,
    words: asJson,
    listed: {
      source: 'text: file below the root, or https address',
      operations: 'list: only these ids, or "GET /orders"',
      tags: 'list: only these',
      auth: 'text: security scheme to use',
      ours: 'flag: where both changed, keep ours',
      theirs: 'flag: take theirs',
      dryRun,
    },
    required: ['source'],
    withheld: [
      'output',
      'properties',
      'script',
      'report',
      'allow-remote',
      'allow-local',
      'ref-root',
      'verbose',
      'diff',
    ],
    writes: unlessDry,
    json: true,
  },
  {
    name: 'diff',
    description:
      'What changed since the last release, and what of it breaks flows. Call it before you finish an update. Example: {"base": "HEAD~1"}.',
    command: 'diff',
    load: async () => (await import('../commands/diff.ts')).command,
    words: asJson,
    listed: { base: 'text: git branch, tag, commit, or folder (default: the last release)' },
    withheld: ['acknowledge', 'reason'],
    json: true,
  },
  {
    name: 'status',
    description: 'The steps to certification: done, open, blocked; what a person has to do; the next step.',
    command: 'status',
    load: async () => (await import('../commands/status.ts')).command,
    words: asJson,
    listed: {},
    withheld: ['done', 'on', 'note', 'undo'],
    json: true,
  },
  {
    name: 'invoke',
    description:
      'Run one operation. {"operation": "ListOrders", "dryRun": true} shows the request after policies, mock answers from the definition; else the API is asked, and what changes something needs yes. Inputs by input (JSON).',
    command: 'invoke',
    load: async () => (await import('../commands/invoke.ts')).command,
    words: asJson,
    listed: {
      operation: 'text: id',
      input: 'sample: one key per parameter',
      dryRun: 'flag: send nothing',
      mock: 'flag: no network',
      yes: 'flag: send what changes something',
    },
    required: ['operation'],
    // --send-to would hand the connection's secret to whomever a text names
    withheld: ['record', 'connection', 'send-to', 'poll', 'state', 'webhook', 'callback', 'events', 'interval'],
    needs: 'invoke',
    json: true,
  },
];
