/**
 * Stands in for Microsoft's `pac` in tests: the commands `help`, `auth …` and `connector …`, refused and accepted as
 * documented, with state in a folder instead of a service. Stricter than the real one where that isn't documented:
 * whatever no documentation promises is refused here, with `[stand-in]` in the message, so that nothing comes to rely
 * on it. The wording of messages without that mark was seen in public reports.
 *
 *   PAC_STAND_IN_STATE   folder for profiles, connectors and the log `calls.jsonl` (required)
 *   PAC_STAND_IN_FAIL    how to fail, see `failures`
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

const state = process.env.PAC_STAND_IN_STATE;
const argv = process.argv.slice(2);
const call = { argv, cwd: process.cwd(), pid: process.pid, env: maskedEnvironment(), files: {} };

class Refusal extends Error {}
const refuse = (message) => {
  throw new Refusal(message);
};

const banner = `Microsoft PowerPlatform CLI
Version: 2.13.1+g251dee1 (.NET 10.0.11)
Online documentation: https://aka.ms/PowerPlatformCLI
Feedback, Suggestions, Issues: https://github.com/microsoft/powerplatform-build-tools/discussions

`;

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const isHttps = (text) => URL.canParse(text) && new URL(text).protocol === 'https:';

const value = (alias, check) => ({ alias, takesValue: true, check });
const toggle = (alias) => ({ alias, takesValue: false });

const isEnvironment = (text) =>
  guid.test(text) || isHttps(text) ? undefined : '[stand-in] must be a Guid or an absolute https URL.';
const isConnectorId = (text) => (guid.test(text) ? undefined : 'The Connector ID must be a valid Guid.');

const uploadFlags = {
  '--api-definition-file': value('-df'),
  '--api-properties-file': value('-pf'),
  '--icon-file': value('-if'),
  '--script-file': value('-sf'),
  '--settings-file': value(),
  '--environment': value('-env', isEnvironment),
  '--solution-unique-name': value('-sol', (text) =>
    /^[A-Za-z_]\w*$/.test(text) ? undefined : '[stand-in] is not a unique name of a solution.',
  ),
};

const commands = {
  help: { flags: {}, run: () => process.stdout.write(`${banner}Usage: pac [auth] [connector] [help]\n`) },
  auth: {
    create: {
      flags: {
        '--environment': value('-env'),
        '--url': value('-u'),
        '--name': value('-n', (text) => (text.length <= 30 ? undefined : '[stand-in] must have 1 to 30 characters.')),
        '--applicationId': value('-id'),
        '--clientSecret': value('-cs'),
        '--tenant': value('-t'),
        '--certificateDiskPath': value('-cdp'),
        '--certificatePassword': value('-cp'),
        '--username': value('-un'),
        '--password': value('-p'),
        '--deviceCode': toggle('-dc'),
        '--managedIdentity': toggle('-mi'),
        '--githubFederated': toggle('-ghf'),
        '--azureDevOpsFederated': toggle('-adof'),
        '--accept-cleartext-caching': toggle(),
        '--cloud': value('-ci', (text) =>
          ['Public', 'UsGov', 'UsGovHigh', 'UsGovDod', 'China'].includes(text)
            ? undefined
            : '[stand-in] is not a cloud.',
        ),
      },
      run: createProfile,
    },
    list: { flags: {}, run: () => listProfiles(read('profiles', [])) },
    who: { flags: {}, run: () => console.log(`Connected as ${activeProfile().user}`) },
    clear: { flags: {}, run: () => write('profiles', []) },
    select: { flags: { '--index': value('-i'), '--name': value('-n') }, run: selectProfile },
  },
  env: {
    fetch: {
      flags: { '--xmlFile': value('-xf'), '--environment': value('-env', isEnvironment) },
      run: fetchInternalId,
    },
  },
  connector: {
    init: {
      flags: {
        '--connection-template': value('-ct', (text) =>
          ['NoAuth', 'BasicAuth', 'ApiKey', 'OAuthGeneric', 'OAuthAAD'].includes(text)
            ? undefined
            : '[stand-in] is not a connection template.',
        ),
        '--generate-settings-file': toggle(),
        '--generate-script-file': toggle(),
        '--outputDirectory': value('-o'),
      },
      run: initConnector,
    },
    create: { flags: uploadFlags, run: createConnector },
    update: { flags: { ...uploadFlags, '--connector-id': value('-id', isConnectorId) }, run: updateConnector },
    download: {
      flags: {
        '--connector-id': value('-id', isConnectorId),
        '--environment': value('-env', isEnvironment),
        '--outputDirectory': value('-o'),
      },
      run: downloadConnector,
    },
    list: { flags: { '--environment': value('-env', isEnvironment), '--json': toggle() }, run: listConnectors },
  },
};

/** Values of PAC_STAND_IN_FAIL; each replaces what any command would have done. */
const failures = {
  'error-exit-0': () => {
    console.log('Connected as user@contoso.example\nError: The service refused the connector.');
    log(0);
  },
  'exit-7': () => {
    console.error('Something went wrong.');
    log(7);
    process.exitCode = 7;
  },
  crash: () => {
    process.stdout.write('Connected as user@contoso.ex', () => {
      log(null);
      process.kill(process.pid, 'SIGKILL');
    });
  },
  hang: () => {
    console.log('Connecting…');
    log(null);
    setInterval(() => {}, 1000);
  },
  garbage: () => {
    process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x7b, 0x22, 0x0a]));
    log(0);
  },
  /** Says in another language that it failed, in a way that only the list of connectors can prove. */
  'swedish-create': () => {
    console.log(isUpload ? 'Ansluten som a@contoso.example\nDet gick inte att skapa anslutningsprogrammet.' : '[]');
    log(0);
  },
  /** Prints the properties that it was given, as a careless trace would. */
  echo: () => {
    if (isUpload) process.stdout.write(readFileSync('apiProperties.json', 'utf8'));
    else console.log('[]');
    log(0);
  },
  unrecoverable: () => {
    console.log(
      'Sorry, the app encountered a non recoverable error and will need to terminate. Exception Type: System.TypeLoadException.',
    );
    log(0);
  },
};

const isUpload = argv[0] === 'connector' && (argv[1] === 'create' || argv[1] === 'update');
const isFailing = (name) => (process.env.PAC_STAND_IN_FAIL ?? '').split(',').includes(name);

/** Further values, several joined by commas: flaws of an otherwise working pac. */
const messages = {
  'once-429': 'Error: The request failed with status code 429 (Too Many Requests).',
  'once-500': 'Error: APIM request failed. HTTP 500 Internal Server Error.',
  'always-503': 'Error: Response status code does not indicate success: 503 (Service Unavailable).',
};

/** A create or update that fails before it has done anything. */
function refuseUpload() {
  for (const [name, message] of Object.entries(messages)) {
    if (!isFailing(name) || (name.startsWith('once-') && read('failed', []).includes(name))) continue;
    write('failed', [...read('failed', []), name]);
    refuse(message.slice('Error: '.length));
  }
}

/** A create that succeeds, and says that it did not. */
function denyCreate() {
  if (!isFailing('denied-create') || read('failed', []).includes('denied-create')) return;
  write('failed', [...read('failed', []), 'denied-create']);
  refuse('Response status code does not indicate success: 504 (Gateway Timeout).');
}

function main() {
  if (state === undefined) throw new Error('PAC_STAND_IN_STATE must name a folder');
  mkdirSync(state, { recursive: true });
  const failure = failures[process.env.PAC_STAND_IN_FAIL ?? ''];
  if (failure !== undefined) {
    failure();
    return;
  }
  if (isUpload && isFailing('hang-upload')) {
    failures.hang();
    return;
  }
  try {
    const { command, flags } = parse();
    command.run(flags);
    log(0);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.log(`${banner}Error: ${error.message}`);
    log(1);
    process.exitCode = 1;
  }
}

function parse() {
  const [area = '', verb, ...rest] = argv;
  const group = Object.hasOwn(commands, area) ? commands[area] : undefined;
  if (group === undefined) refuse("Not a valid command. Try running 'pac [command] help'.");
  const isCommand = typeof group.run === 'function';
  const command = isCommand ? group : group[verb ?? ''];
  if (command === undefined || !Object.hasOwn(isCommand ? commands : group, isCommand ? area : (verb ?? ''))) {
    refuse(`The command '${verb ?? ''}' is not understood in this context.`);
  }
  return { command, flags: parseFlags(command.flags, isCommand ? argv.slice(1) : rest) };
}

function parseFlags(specs, words) {
  const flags = {};
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const [name, spec] = Object.entries(specs).find(([long, { alias }]) => word === long || word === alias) ?? [];
    if (spec === undefined) refuse(`An unknown argument ${word} was passed.`);
    if (Object.hasOwn(flags, name)) refuse(`[stand-in] the argument ${name} is given twice.`);
    if (!spec.takesValue) {
      flags[name] = true;
      continue;
    }
    at += 1;
    const given = words[at];
    // a value that begins with a dash is read as the next argument
    if (given === undefined || given === '' || given.startsWith('-'))
      refuse(`[stand-in] the argument ${name} needs a value.`);
    const problem = spec.check?.(given);
    if (problem !== undefined) refuse(`Argument ${name} value is incorrect: ${problem}`);
    flags[name] = given;
  }
  return flags;
}

function createProfile(flags) {
  const federated = flags['--githubFederated'] || flags['--azureDevOpsFederated'];
  if (federated && !(flags['--tenant'] && flags['--applicationId'])) {
    refuse('[stand-in] a federated login needs --tenant and --applicationId.');
  }
  if (flags['--url'] !== undefined) console.log('[stand-in] --url is deprecated, use --environment');
  const profiles = read('profiles', []).map((profile) => ({ ...profile, active: false }));
  const environment = flags['--environment'] ?? flags['--url'] ?? null;
  profiles.push({ name: flags['--name'] ?? '', user: 'user@contoso.example', environment, active: true });
  write('profiles', profiles);
  console.log('Authentication successfully created.');
}

function listProfiles(profiles) {
  if (profiles.length === 0) {
    console.log("No profiles were found on this computer. Please run 'pac auth create' to create one.");
    return;
  }
  console.log('Index Active Name User Environment');
  profiles.forEach((profile, index) => {
    const { active, name, user, environment } = profile;
    console.log(`[${index + 1}] ${active ? '*' : ''} ${name} ${user} ${environment ?? ''}`);
  });
}

function selectProfile(flags) {
  const profiles = read('profiles', []);
  const wanted = (profile, index) => String(index + 1) === flags['--index'] || profile.name === flags['--name'];
  if (!profiles.some(wanted)) refuse('[stand-in] there is no such profile.');
  write(
    'profiles',
    profiles.map((profile, index) => ({ ...profile, active: wanted(profile, index) })),
  );
}

function activeProfile() {
  const profile = read('profiles', []).find(({ active }) => active);
  if (profile === undefined)
    refuse("No profiles were found on this computer. Please run 'pac auth create' to create one.");
  return profile;
}

function createConnector(flags) {
  const profile = activeProfile();
  refuseUpload();
  const { files, environment } = upload(flags, profile);
  const connectors = read('connectors', []);
  const title = JSON.parse(files['--api-definition-file'].text).info.title;
  const id = toGuid(`${environment} ${title} ${connectors.length}`);
  write('connectors', [...connectors, { id, environment, title, solution: flags['--solution-unique-name'] ?? null }]);
  keep(id, files);
  denyCreate();
  const said = isFailing('silent-create') ? 'Connector created' : `Connector created with ID ${id}`;
  console.log(`Connected as ${profile.user}\n${said}`);
}

function updateConnector(flags) {
  const profile = activeProfile();
  refuseUpload();
  const { files, environment, connectorId } = upload(flags, profile);
  const id = flags['--connector-id'] ?? connectorId ?? undefined;
  if (id === undefined) refuse('[stand-in] update needs --connector-id, or a connectorId in the settings file.');
  const connectors = read('connectors', []);
  if (!connectors.some((known) => known.id === id.toLowerCase() && known.environment === environment)) {
    refuse(`[stand-in] there is no connector ${id} in ${environment}.`);
  }
  if (isFailing('swahili-update')) {
    console.log(`Imeunganishwa kama ${profile.user}\nKiunganishi hakikuweza kusasishwa.`);
    return;
  }
  keep(id.toLowerCase(), files);
  console.log(`Connected as ${profile.user}\nConnector updated`);
}

function downloadConnector(flags) {
  activeProfile();
  if (isFailing('no-download')) refuse('The connector could not be downloaded.');
  const id = flags['--connector-id'];
  if (id === undefined) refuse('[stand-in] download needs --connector-id.');
  const folder = join(state, id.toLowerCase());
  if (!existsSync(folder)) refuse(`[stand-in] there is no connector ${id}.`);
  const target = resolve(flags['--outputDirectory'] ?? '.');
  mkdirSync(target, { recursive: true });
  for (const name of Object.values(storedNames)) {
    if (existsSync(join(folder, name))) writeFileSync(join(target, name), readFileSync(join(folder, name)));
  }
}

function listConnectors(flags) {
  if (isFailing('list-garbage')) {
    process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x7b, 0x22, 0x0a]));
    return;
  }
  if (isFailing('list-without-json') && flags['--json']) refuse("An unknown argument 'json' was passed.");
  const environment = environmentKey(flags['--environment'] ?? activeProfile().environment);
  activeProfile();
  const found = read('connectors', []).filter((connector) => connector.environment === environment);
  // the names of these columns are not documented
  const rows = found.map(({ id, title }) => ({ ConnectorId: id, DisplayName: title }));
  if (flags['--json']) console.log(JSON.stringify(rows, null, 2));
  else
    for (const row of [{ ConnectorId: 'Connector Id', DisplayName: 'Display Name' }, ...rows]) {
      console.log(`${row.ConnectorId.padEnd(36)} ${row.DisplayName}`);
    }
}

/** The one query that is made: the name of a connector in addresses. */
function fetchInternalId(flags) {
  activeProfile();
  if (isFailing('no-fetch')) refuse("The command 'fetch' is not understood in this context.");
  const id = /<condition attribute="connectorid" operator="eq" value="([^"]+)"/.exec(
    readFileSync(flags['--xmlFile'], 'utf8'),
  )?.[1];
  const found = read('connectors', []).find((connector) => connector.id === id);
  if (found === undefined) refuse('[stand-in] there is no such record.');
  console.log(`connectorinternalid  connectorid\nshared_new-5fstand-20in  ${found.id}`);
}

function initConnector(flags) {
  const folder = resolve(flags['--outputDirectory'] ?? '.');
  mkdirSync(folder, { recursive: true });
  const put = (name, content) => {
    if (existsSync(join(folder, name))) refuse(`[stand-in] ${name} exists already.`);
    writeFileSync(join(folder, name), content);
  };
  const empty = {
    connectionParameters: {},
    iconBrandColor: '',
    capabilities: [],
    scriptOperations: [],
    publisher: '',
    stackOwner: '',
    policyTemplateInstances: [],
  };
  put('apiProperties.json', JSON.stringify({ properties: empty }, null, 2));
  const script = flags['--generate-script-file'] ? 'script.csx' : null;
  if (script !== null) put(script, 'public class Script : ScriptBase\n{\n}\n');
  if (flags['--generate-settings-file']) {
    const settings = {
      connectorId: null,
      environment: null,
      apiProperties: 'apiProperties.json',
      apiDefinition: 'apiDefinition.json',
      icon: null,
      script,
    };
    put('settings.json', JSON.stringify(settings, null, 2));
  }
}

/** Reads and judges everything that a create or update would upload. */
function upload(flags, profile) {
  const settings = flags['--settings-file'] === undefined ? {} : readSettings(flags['--settings-file']);
  const paths = {};
  for (const [flag, key] of Object.entries(settingsKeys)) {
    if (flags[flag] !== undefined && flags['--settings-file'] !== undefined) {
      refuse(`[stand-in] ${flag} beside --settings-file: which of the two counts is not documented.`);
    }
    const path = flags[flag] ?? settings[key] ?? undefined;
    if (path !== undefined) paths[flag] = resolve(path);
  }
  const differs = (flag, key, same) => flags[flag] !== undefined && settings[key] && !same(flags[flag], settings[key]);
  const equals = (a, b) => a.toLowerCase() === b.toLowerCase();
  if (differs('--connector-id', 'connectorId', equals) || differs('--environment', 'environment', equals)) {
    refuse('[stand-in] a flag and the settings file differ: which of the two counts is not documented.');
  }
  for (const required of ['--api-definition-file', '--api-properties-file']) {
    if (paths[required] === undefined) refuse(`[stand-in] ${required} is required, as a flag or in the settings file.`);
  }
  const files = {};
  for (const [flag, path] of Object.entries(paths)) {
    if (!existsSync(path))
      refuse(`The value passed to '${flag}' is invalid. [stand-in] The file ${path} does not exist.`);
    const bytes = readFileSync(path);
    files[flag] = { path, bytes, text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
    call.files[flag] = { path, sha256: sha256(bytes), mode: (statSync(path).mode & 0o777).toString(8) };
  }
  judge(files);
  const environment = environmentKey(flags['--environment'] ?? settings.environment ?? profile.environment);
  return { files, environment, connectorId: settings.connectorId };
}

const settingsKeys = {
  '--api-definition-file': 'apiDefinition',
  '--api-properties-file': 'apiProperties',
  '--icon-file': 'icon',
  '--script-file': 'script',
};

function readSettings(path) {
  const unexpected =
    "The value passed to '--settings-file' is invalid. The Settings file is not in the expected format";
  if (!existsSync(path))
    refuse(`The value passed to '--settings-file' is invalid. [stand-in] The file ${path} does not exist.`);
  const settings = parseJson(readFileSync(path, 'utf8'), unexpected);
  const known = ['connectorId', 'environment', ...Object.values(settingsKeys)];
  for (const [key, item] of Object.entries(settings)) {
    if (!known.includes(key)) refuse(`${unexpected} [stand-in] (${key})`);
    if (item !== null && typeof item !== 'string') refuse(unexpected);
    const isId = key === 'connectorId' || key === 'environment';
    if (item !== null && (item === '' || (isId && !guid.test(item)))) refuse(unexpected);
    if (!isId && item !== null && isAbsolute(item)) refuse(`[stand-in] ${key}: paths in a settings file are relative.`);
  }
  if (resolve(dirname(path)) !== process.cwd()) {
    refuse('[stand-in] run pac in the folder of the settings file: what its paths are relative to is not documented.');
  }
  return settings;
}

/** What the service itself refuses, as far as it is known. */
function judge(files) {
  const definition = parseJson(files['--api-definition-file'].text, '[stand-in] the API definition is not JSON.');
  const properties = parseJson(files['--api-properties-file'].text, '[stand-in] the API properties are not JSON.');
  if (definition.swagger !== '2.0') refuse('[stand-in] the API definition is not Swagger 2.0.');
  const title = definition.info?.title;
  if (typeof title !== 'string' || title === '' || title.length > 30) {
    refuse("[stand-in] The 'title' value goes over the character limit '30', or is missing.");
  }
  const refused = ['stackOwner', 'publisher'].find((name) => isFailing(`no-${name}`) && name in properties.properties);
  if (refused !== undefined) refuse(`Could not find member '${refused}' on object of type 'ConnectorProperties'.`);
  if (typeof properties.properties !== 'object') refuse('[stand-in] the API properties lack "properties".');
  const icon = files['--icon-file'];
  if (icon !== undefined && icon.bytes.subarray(1, 4).toString('latin1') !== 'PNG')
    refuse('[stand-in] the icon is not a PNG.');
  const settings = properties.properties.connectionParameters?.token?.oAuthSettings;
  if (settings !== undefined) {
    const { clientId = null, clientSecret } = settings;
    call.oauth = { clientId, secretSha256: clientSecret === undefined ? null : sha256(clientSecret) };
  }
}

const storedNames = {
  '--api-definition-file': 'apiDefinition.json',
  '--api-properties-file': 'apiProperties.json',
  '--icon-file': 'icon.png',
  '--script-file': 'script.csx',
};

/** The service never gives a secret back. */
function keep(id, files) {
  const folder = join(state, id);
  mkdirSync(folder, { recursive: true });
  for (const [flag, { bytes, text }] of Object.entries(files)) {
    const stored =
      flag === '--api-properties-file'
        ? text.replace(/"clientSecret"\s*:\s*"(?:[^"\\]|\\.)*"/g, '"clientSecret": ""')
        : bytes;
    writeFileSync(join(folder, storedNames[flag]), stored);
  }
}

function parseJson(text, message) {
  try {
    const parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // refused below
  }
  return refuse(message);
}

const environmentKey = (text) => (text ?? 'default').toLowerCase().replace(/\/+$/, '');

const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** The same text gives the same id, so that tests can be repeated. */
function toGuid(text) {
  const hex = sha256(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function read(name, otherwise) {
  const path = join(state, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : otherwise;
}

function write(name, content) {
  writeFileSync(join(state, `${name}.json`), JSON.stringify(content, null, 2));
}

function maskedEnvironment() {
  const isSecret = (name) => /secret|password|token|key/i.test(name);
  return Object.fromEntries(Object.entries(process.env).map(([name, text]) => [name, isSecret(name) ? '***' : text]));
}

function log(status) {
  appendFileSync(join(state, 'calls.jsonl'), `${JSON.stringify({ ...call, status })}\n`);
}

main();
