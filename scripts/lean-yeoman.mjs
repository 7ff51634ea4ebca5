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
 * Parts of Yeoman that our generators never use: looking generators up, installing them, running git and package
 * managers. They are two thirds of what Yeoman loads.
 */
const unused = {
  'fly-import': `export class FlyRepository {}\n${uncalled(['flyImport'])}`,
  commander: 'export class Command {}\nexport class Option {}\nexport default {};',
  execa: uncalled(['execa', 'execaSync', 'execaCommand', 'execaCommandSync']),
  globby: uncalled(['globby', 'globbySync']),
  'which-package-manager': uncalled(['whichPackageManager']),
  'simple-git': `${uncalled(['simpleGit'])}\nexport const CheckRepoActions = {};\nexport const CleanOptions = {};`,
  'latest-version': 'export default () => { throw new Error("the registry is not part of this package"); };',
  // the generator's own name, for a store of answers that we don't use
  'read-package-up': 'export const readPackageUpSync = () => undefined;',
  '@inquirer/external-editor': `${uncalled(['edit', 'editAsync'])}\nexport class ExternalEditor {}`,
};

/** @param {string} root folder of the checkout @returns {import('rolldown').Plugin} */
export const leanYeoman = (root) => ({
  name: 'lean-yeoman',
  resolveId: (id) => (Object.hasOwn(unused, id) ? `\0unused:${id}` : null),
  load: (id) => (id.startsWith('\0unused:') ? unused[id.slice('\0unused:'.length)] : null),
  transform(code, id) {
    const name = /node_modules\/(yeoman-environment|yeoman-generator)\/dist\//.exec(id.replaceAll('\\', '/'))?.[1];
    if (name === undefined) return null;
    // the packages read their own package.json at run time; in the bundle their versions are constants
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    return (
      code
        .replace("require('../package.json')", JSON.stringify({ version }))
        .replace(/JSON\.parse\(readFileSync\([^;]*package\.json[^;]*\)\)/, JSON.stringify({ version }))
        // generators are offered all of lodash as this._, which would keep all of it in the bundle
        .replace("import * as _ from 'lodash-es';", 'const _ = {};')
    );
  },
});
