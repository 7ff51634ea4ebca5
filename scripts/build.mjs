/**
 * Builds what is published: the command line as CommonJS (it starts sooner), the generators and the Yeoman environment
 * as ES modules (as Yeoman is). Everything is bundled, so that installing the package brings nothing else.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { leanYeoman } from './lean-yeoman.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Built beside the old one, which stays usable until the new one is complete. */
const dist = join(root, `dist.${process.pid}.tmp`);

/** @param {import('rolldown').InputOptions} input @param {import('rolldown').OutputOptions} output */
async function bundle(input, output) {
  const build = await rolldown({
    cwd: root,
    platform: 'node',
    logLevel: 'warn',
    checks: { eval: false },
    resolve: { mainFields: ['module', 'main'] },
    ...input,
  });
  await build.write({
    dir: dist,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    ...output,
  });
  await build.close();
}

process.on('exit', () => rmSync(dist, { recursive: true, force: true }));

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
    plugins: [leanYeoman(root)],
    resolve: { mainFields: ['module', 'main'], alias: { rxjs: join(root, 'node_modules/rxjs/dist/esm/index.js') } },
  },
  { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'yeoman/[name]-[hash].js' },
);

rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(dist, join(root, 'dist'));
