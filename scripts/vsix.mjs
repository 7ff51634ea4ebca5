/**
 * Packs the extension for Visual Studio Code, with this build as the server that it brings: `npm run vsix`.
 * Nothing is published.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { npm, root, say } from './support.mjs';

const folder = join(root, 'editors', 'vscode');
const server = join(folder, 'server');

await bundle();
rmSync(server, { recursive: true, force: true });
for (const name of ['dist', 'schemas', 'templates', 'docs/guides', 'package.json']) {
  mkdirSync(server, { recursive: true });
  cpSync(join(root, name), join(server, name), { recursive: true });
}
const file = join(folder, 'pp-connector.vsix');
npm(['exec', '--yes', '@vscode/vsce@3.9.2', '--', 'package', '--no-dependencies', '--out', file], folder);
say(`packed ${file}`);

/** The extension as one file; the editor brings `vscode`. */
async function bundle() {
  const build = await rolldown({
    input: join(folder, 'src', 'extension.ts'),
    external: ['vscode'],
    platform: 'node',
    logLevel: 'warn',
  });
  await build.write({ file: join(folder, 'dist', 'extension.cjs'), format: 'cjs', minify: true });
  await build.close();
}
