/** Makes the files of the CommonJS bundle start sooner. */
import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/**
 * What a file exports is kept as plain values. The bundler writes a getter for each, since a module may assign to what it
 * exports later; making hundreds of functions costs more than the rest of the file's start.
 *
 * @type {import('rolldown').Plugin}
 */
export const plainExports = {
  name: 'plain-exports',
  generateBundle(_, written) {
    for (const chunk of chunksOf(written)) {
      if (!chunk.code.includes('Object.defineProperty(exports,')) continue;
      const assigned = assignedNames(chunk.code);
      chunk.code = chunk.code.replaceAll(getter, (whole, _quote, name, local) =>
        assigned.has(local) ? whole : `exports.${name}=${local}`,
      );
    }
  },
};

const getter =
  /Object\.defineProperty\(exports,(["'`])([\w$]+)\1,\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g;

/**
 * What a file takes from those that are loaded first is looked up once. The bundler writes `require_base.own(…)` at each
 * use; for the few functions that all rules call, that is a twentieth of validating a large definition.
 *
 * @type {import('rolldown').Plugin}
 */
export const importsOnce = {
  name: 'imports-once',
  // before names are shortened: `require_base` is then nothing else anywhere in the file
  renderChunk(code, chunk) {
    if (loadedFirst.includes(chunk.name)) requireConstantExports(chunk.name, code);
    return loadedFirst.reduce((text, name) => {
      const all = `require_${name}`;
      const names = new Set([...text.matchAll(new RegExp(`\\b${all}\\.([\\w$]+)`, 'g'))].map(([, key]) => key));
      if (names.size === 0) return text;
      const locals = [...names].map((key) => `${key}: ${name}_${key}`).join(', ');
      return text
        .replaceAll(
          new RegExp(`\\(0, ${all}\\.([\\w$]+)\\)|\\b${all}\\.([\\w$]+)`, 'g'),
          (_, a, b) => `${name}_${a ?? b}`,
        )
        .replace(
          new RegExp(`^const ${all} = require\\(.*\\);$`, 'm'),
          (line) => `${line}\nconst { ${locals} } = ${all};`,
        );
    }, code);
  },
  // what they export is complete before anybody looks: they wait for no file that waits for them
  generateBundle(_, written) {
    for (const { name, imports, code } of chunksOf(written).filter((chunk) => loadedFirst.includes(chunk.name))) {
      const others = imports.filter(
        (file) =>
          file.startsWith('cli/') && !isLoadedFirst.test(file) && !code.includes(`??=require("./${basename(file)}")`),
      );
      if (others.length > 0) throw new Error(`imports-once: ${name} loads ${others.join(', ')}`);
    }
  },
};

const loadedFirst = ['base', 'common'];

/**
 * Other files, and the dear ones of Node, are read when something of them is first used. The bundler reads all at the start
 * of a file; an import of OpenAPI opened fifty, among them what makes triggers, scripts and downloads.
 *
 * Files with nothing but side effects stay where they are, and so do those that `importsOnce` looks up once.
 *
 * @type {import('rolldown').Plugin}
 */
export const requiresWhenUsed = {
  name: 'requires-when-used',
  // before names are shortened, as above
  renderChunk(code, chunk) {
    if (chunk.name === 'base') return undefined;
    return [...code.matchAll(requirement)].reduce((text, [line = '', name = '', file = '']) => {
      const isPassedOn =
        text.replace(line, '').search(new RegExp(`${alone}${literally(name)}(?![\\w$])(?!\\.[\\w$])`)) >= 0;
      if (isPassedOn || isLoadedFirst.test(file)) return text;
      return text
        .replace(new RegExp(`${alone}(new )?${literally(name)}\\.([\\w$]+)`, 'g'), (_, made, key) =>
          made === undefined ? `${name}().${key}` : `new (${name}().${key})`,
        )
        .replace(line, () => `let late_${name};\nconst ${name} = () => late_${name} ??= require("${file}");`);
    }, code);
  },
};

const requirement =
  /^(?:const|let) ([\w$]+) = require\("(\.[^"]+|node:(?:child_process|crypto|dns\/promises|https?|net|os))"\);$/gm;
const isLoadedFirst = /(?:^|\/)(?:base|common|rolldown-runtime)-/;
/** No part of a longer name, nor a member of something else; it may be spread. */
const alone = '(?<![\\w$])(?<!(?<!\\.\\.)\\.)';
const literally = (/** @type {string} */ text) => text.replaceAll('$', '\\$');

/** Whether the only thing of that name at the root of a file stays; inner ones may be named like it. @param {string} local @param {string} code */
const isConstant = (local, code) =>
  code.includes(`\nconst ${local} = `) ||
  code.includes(`\nfunction ${local}(`) ||
  code.includes(`\nfunction* ${local}(`);

/** @param {string} name @param {string} code before names are shortened @throws when something that is exported is assigned to later */
function requireConstantExports(name, code) {
  const exported = new Set([...code.matchAll(/get: ?function ?\(\) ?\{\s*return ([\w$]+)/g)].map(([, local]) => local));
  const changed = [...assignedNames(code)].filter((local) => exported.has(local) && !isConstant(local, code));
  if (changed.length > 0) throw new Error(`imports-once: ${name} changes what it exports: ${changed.join(', ')}`);
}

/**
 * The bundler's own helpers go into the file that every command loads: finding and opening one more costs more than
 * reading them.
 *
 * @type {import('rolldown').Plugin}
 */
export const helpersInBase = {
  name: 'helpers-in-base',
  generateBundle(_, written) {
    const chunks = chunksOf(written);
    const helpers = chunks.find(({ name }) => name === 'rolldown-runtime');
    const base = chunks.find(({ name }) => name === 'base');
    if (helpers === undefined || base === undefined) throw new Error('helpers-in-base: there is nothing to join');
    const required = new RegExp(`require\\("((?:\\.{1,2}/)+(?:cli/)?)${basename(helpers.fileName)}"\\)`, 'g');
    for (const chunk of chunks) {
      chunk.code = chunk.code
        .replace(/^((?:#!.*\n)?)require\("[^"]*rolldown-runtime[^"]*"\);/, '$1')
        .replaceAll(required, (_all, folder) => `require("${folder}${basename(base.fileName)}").helpers`);
    }
    if (base.code.includes('.helpers')) throw new Error('helpers-in-base: the base uses them itself');
    base.code = `exports.helpers=(exports=>{${helpers.code}return exports})({});${base.code}`;
    delete written[helpers.fileName];
  },
};

/** @param {import('rolldown').OutputBundle} written */
const chunksOf = (written) => Object.values(written).filter((output) => output.type === 'chunk');

/**
 * Patterns with classes of Unicode are made when they are used. V8 checks each literal while it reads a file, for which
 * it builds these classes, which takes longer than reading the rest of the file.
 *
 * @type {import('rolldown').Plugin}
 */
export const patternsWhenUsed = {
  name: 'patterns-when-used',
  generateBundle(_, written) {
    for (const chunk of chunksOf(written)) {
      if (!/\\p\{/i.test(chunk.code)) continue;
      /** @type {{ start: number, end: number, regex: { pattern: string, flags: string } }[]} */
      const literals = [];
      visit(parseAst(chunk.code, { lang: 'js', sourceType: 'unambiguous' }), (node) => {
        if (node.type === 'Literal' && /\\p\{/i.test(node.regex?.pattern ?? '')) literals.push(node);
      });
      for (const { start, end, regex } of literals.reverse()) {
        // `return/a/` needs no blank, `return RegExp` does
        const made = ` RegExp(${JSON.stringify(regex.pattern)},"${regex.flags}")`;
        chunk.code = chunk.code.slice(0, start) + made + chunk.code.slice(end);
      }
    }
  },
};

/**
 * Node's own modules are required, also those that are loaded when they are needed: `import` would start Node's second
 * loader for them, and no compiled code is kept of a file with `import(` (`src/cli/compiled-code.ts`).
 *
 * @type {import('rolldown').Plugin}
 */
export const requiredBuiltins = {
  name: 'required-builtins',
  generateBundle(_, written) {
    for (const chunk of chunksOf(written)) {
      chunk.code = chunk.code.replaceAll(/\bimport\((["'`])([\w:/]+)\1\)/g, (whole, _quote, name) =>
        isBuiltin(name) ? `Promise.resolve().then(()=>require("${name}"))` : whole,
      );
    }
  },
};

/** Names that anything is assigned to after their declaration, in whichever scope. @param {string} code */
function assignedNames(code) {
  /** @type {Set<string>} */
  const names = new Set();
  visit(parseAst(code, { lang: 'js', sourceType: 'unambiguous' }), (node) => {
    if (node.type === 'AssignmentExpression') collect(node.left, names);
    if (node.type === 'UpdateExpression') collect(node.argument, names);
    if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') collect(node.left, names);
  });
  return names;
}

/** All identifiers in a target: too many are only slower, never wrong. @param {any} target @param {Set<string>} names */
const collect = (target, names) =>
  visit(target, (node) => {
    if (node.type === 'Identifier') names.add(node.name);
  });

/** @param {any} node @param {(node: any) => void} call */
function visit(node, call) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, call);
    return;
  }
  if (typeof node.type === 'string') call(node);
  for (const key of Object.keys(node)) visit(node[key], call);
}
