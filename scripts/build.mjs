/**
 * Builds what is published: the command line as CommonJS (it starts sooner), the generators and the Yeoman environment
 * as ES modules (as Yeoman is). Everything is bundled, so that installing the package brings nothing else.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Modules of Yeoman that we never use and that would bring hundreds of packages along. */
const unused = {
  // installs generators from the registry on demand
  'fly-import': 'export class FlyRepository {}; export const flyImport = () => { throw new Error("not available"); };',
};

const stubs = {
  name: 'leave-out-unused',
  resolveId: (id) => (id in unused ? `\0unused:${id}` : null),
  load: (id) => (id.startsWith('\0unused:') ? unused[id.slice('\0unused:'.length)] : null),
};

/** Yeoman's packages read their own package.json at run time; in the bundle their versions are constants. */
const yeomanVersions = {
  name: 'yeoman-versions',
  transform(code, id) {
    const name = /node_modules\/(yeoman-environment|yeoman-generator)\/dist\//.exec(id.replaceAll('\\', '/'))?.[1];
    if (name === undefined || !code.includes('../package.json')) return null;
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    return code
      .replace("require('../package.json')", JSON.stringify({ version }))
      .replace(/JSON\.parse\(readFileSync\([^;]*package\.json[^;]*\)\)/, JSON.stringify({ version }));
  },
};

/** @param {import('rolldown').InputOptions} input @param {import('rolldown').OutputOptions} output */
async function bundle(input, output) {
  const build = await rolldown({ cwd: root, platform: 'node', logLevel: 'warn', resolve: { mainFields: ['module', 'main'] }, ...input });
  await build.write({ dir: dist, minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } }, ...output });
  await build.close();
}

rmSync(dist, { recursive: true, force: true });

await bundle(
  { input: { 'pp-connector': 'src/cli/pp-connector.ts' } },
  {
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'cli/[name]-[hash].cjs',
  },
);

const generators = readdirSync(join(root, 'generators'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, 'generators', entry.name, 'index.ts')))
  .map((entry) => entry.name);
await bundle(
  {
    input: {
      ...Object.fromEntries(generators.map((name) => [`generators/${name}/index`, `generators/${name}/index.ts`])),
      environment: 'src/cli/environment.ts',
    },
    plugins: [stubs, yeomanVersions],
  },
  { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'yeoman/[name]-[hash].js' },
);
