/**
 * Two forms of the rules' declarations in one bundle: with their texts and without what they check, for
 * `pp-connector rules` and reports that explain rules; and the other way round, for everything that runs rules. What isn't
 * loaded costs no time, and nothing is in the package twice: texts and checks are each half of the code.
 */
import { readFileSync } from 'node:fs';
import { parseAst } from 'rolldown/parseAst';

/** Who needs the texts. */
const explainers = /src\/(cli\/commands\/rules|rules\/explain-catalogue)\.ts$/;
const catalogue = /src\/rules\/families\/[^/]+\.ts$/;
const explained = '?explained';

/** What is left out of each rule. */
const texts = new Set(['examples', 'why', 'remedy', 'source', 'title']);
const checks = new Set(['on']);

/**
 * @returns {import('rolldown').Plugin}
 * @throws when no declaration was found: the rules have moved, and the bundle would carry everything twice
 */
export const leanRules = () => {
  let shortened = false;
  return {
    name: 'lean-rules',
    async resolveId(id, importer, options) {
      const from = importer?.replaceAll('\\', '/') ?? '';
      if (!explainers.test(from) && !from.endsWith(explained)) return null;
      const resolved = await this.resolve(id, importer?.replace(explained, ''), { ...options, skipSelf: true });
      return resolved && catalogue.test(resolved.id.replaceAll('\\', '/')) ? `${resolved.id}${explained}` : resolved;
    },
    load(id) {
      const path = id.replace(explained, '');
      if (!catalogue.test(path.replaceAll('\\', '/'))) return null;
      const code = readFileSync(path, 'utf8');
      const kept = id.endsWith(explained) ? without(checks, code) : without(texts, code);
      shortened ||= kept.length < code.length;
      return { code: kept, moduleType: 'ts' };
    },
    buildEnd(error) {
      if (error === undefined && !shortened) throw new Error('lean-rules: no declaration of a rule was found');
    },
  };
};

/**
 * Drops properties of every object that has an `id` and `severity`, or that adds a check to such an object
 * (`{ ...rule, on }`).
 *
 * @param {Set<string>} dropped
 * @param {string} code
 */
function without(dropped, code) {
  /** @type {{ start: number, end: number }[]} */
  const cuts = [];
  visit(parseAst(code, { lang: 'ts' }), (node) => {
    if (node.type !== 'ObjectExpression') return;
    const names = new Map(node.properties.map((property) => [property.key?.name, property]));
    const addsCheck = names.has('on') && node.properties.some(({ type }) => type === 'SpreadElement');
    if (!addsCheck && !(names.has('id') && names.has('severity'))) return;
    for (const [name, property] of names) if (dropped.has(name)) cuts.push(property);
  });
  let out = '';
  let at = 0;
  for (const { start, end } of cuts.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += code.slice(at, start);
    at = code[end] === ',' ? end + 1 : end;
  }
  return out + code.slice(at);
}

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
