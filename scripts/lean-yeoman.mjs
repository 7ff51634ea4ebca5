/**
 * Makes Yeoman small enough to be published inside our bundles: what our generators never use is left out. It is two
 * thirds of what Yeoman loads, and loading is most of the time that a scaffold takes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A module of functions that nobody calls in this package. @param {string[]} names */
const uncalled = (names) =>
  names
    .map((name) => `export const ${name} = () => { throw new Error("${name} is not part of this package"); };`)
    .join('\n');

/**
 * Modules in place of packages that Yeoman imports and our generators don't need: they look generators up, install them,
 * run package managers.
 */
const standIns = {
  'fly-import': `export class FlyRepository {}\n${uncalled(['flyImport'])}`,
  commander: 'export class Command {}\nexport class Option {}\nexport default {};',
  // this.spawnSync is all that we call: Node's own does what it needs
  execa: `import { spawnSync } from 'node:child_process';
export const execaSync = (program, args, options) => {
  const { error, status, signal } = spawnSync(program, args, { windowsHide: true, ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(\`\${program} ended with \${status ?? signal}\`);
};
${uncalled(['execa', 'execaCommand', 'execaCommandSync'])}`,
  globby: uncalled(['globby', 'globbySync']),
  // no file is named by a pattern
  tinyglobby: `export const isDynamicPattern = () => false;\n${uncalled(['glob', 'globSync'])}`,
  multimatch: 'export default () => { throw new Error("patterns are not part of this package"); };',
  // two of its forty functions
  semver: ['lte', 'valid']
    .map((name) => `export { default as ${name} } from 'semver/functions/${name}.js';`)
    .join('\n'),
  // files hold their bytes, never a stream
  teex: 'export default () => { throw new Error("streams are not part of this package"); };',
  'which-package-manager': uncalled(['whichPackageManager']),
  'simple-git': `${uncalled(['simpleGit'])}\nexport const CheckRepoActions = {};\nexport const CleanOptions = {};`,
  'latest-version': 'export default () => { throw new Error("the registry is not part of this package"); };',
  // the generator's own name, for a store of answers that we don't use
  'read-package-up': 'export const readPackageUpSync = () => undefined;',
  '@inquirer/external-editor': `${uncalled(['edit', 'editAsync'])}\nexport class ExternalEditor {}`,
};

/**
 * Places in Yeoman's own files that are replaced.
 *
 * @type {Record<string, { file: RegExp, pattern: string | RegExp, replacement: (version: string) => string }>}
 */
const replacements = {
  // the packages read their own package.json at run time; in the bundle their versions are constants
  'version of the environment': {
    file: /yeoman-environment\/dist\/environment-base\.js$/,
    pattern: "require('../package.json').version",
    replacement: (version) => JSON.stringify(version),
  },
  'name of the environment': {
    file: /yeoman-environment\/dist\/module-lookup\.js$/,
    pattern: "JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json')).toString()).name",
    replacement: () => JSON.stringify('yeoman-environment'),
  },
  'version of the generator': {
    file: /yeoman-generator\/dist\/generator\.js$/,
    pattern: /JSON\.parse\(readFileSync\([^;]*package\.json[^;]*\)\)/,
    replacement: (version) => JSON.stringify({ version }),
  },
  // generators are offered all of lodash as this._, which would keep all of it in the bundle
  'lodash of the generator': {
    file: /yeoman-generator\/dist\/generator\.js$/,
    pattern: "import * as _ from 'lodash-es';",
    replacement: () => 'const _ = {};',
  },
};

const prefix = '\0stand-in/';

/**
 * @param {string} root folder of the checkout
 * @returns {import('rolldown').Plugin}
 * @throws at the end of the build, when Yeoman no longer imports a package that has a stand-in, or no longer has a
 *   place that is replaced: it has changed, and the bundle may carry what was left out
 */
export const leanYeoman = (root) => {
  const open = new Set([...Object.keys(standIns), ...Object.keys(replacements)]);
  return {
    name: 'lean-yeoman',
    // our own code gets the real one
    resolveId: (id, importer) =>
      Object.hasOwn(standIns, id) && /[\\/]node_modules[\\/]/.test(importer ?? '') ? prefix + id : null,
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const name = id.slice(prefix.length);
      open.delete(name);
      return standIns[name];
    },
    transform(code, id) {
      const path = id.replaceAll('\\', '/');
      const packageName = /node_modules\/(yeoman-environment|yeoman-generator)\/dist\//.exec(path)?.[1];
      if (packageName === undefined) return null;
      const { version } = JSON.parse(readFileSync(join(root, 'node_modules', packageName, 'package.json'), 'utf8'));
      let text = code;
      for (const [name, { file, pattern, replacement }] of Object.entries(replacements)) {
        if (!file.test(path)) continue;
        const replaced = text.replace(pattern, () => replacement(version));
        if (replaced !== text) open.delete(name);
        text = replaced;
      }
      return text;
    },
    buildEnd(error) {
      if (error !== undefined || open.size === 0) return;
      throw new Error(`lean-yeoman: Yeoman has changed, nothing matches: ${[...open].join(', ')}`);
    },
  };
};
