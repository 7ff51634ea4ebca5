/**
 * Two forms of the rules' declarations in one bundle: the whole ones for `pp-connector rules` and reports that explain
 * rules, and lean ones without examples and explanations for everything that only runs rules. What isn't loaded costs
 * no time: the texts are half of the code that a validation would have to read.
 */
import { readFileSync } from 'node:fs';
import { parseAst } from 'rolldown/parseAst';

/** Who needs the texts. */
const explainers = /src\/(cli\/commands\/rules|rules\/explain-catalogue)\.ts$/;
const catalogue = /src\/rules\/families\/[^/]+\.ts$/;
const dropped = new Set(['examples', 'why', 'remedy', 'source', 'title']);
const whole = '?whole';

/**
 * @returns {import('rolldown').Plugin}
 * @throws when no declaration was found: the rules have moved, and the bundle would carry all texts
 */
export const leanRules = () => {
  let shortened = false;
  return {
    name: 'lean-rules',
    async resolveId(id, importer, options) {
      const from = importer?.replaceAll('\\', '/') ?? '';
      if (!explainers.test(from) && !from.endsWith(whole)) return null;
      const resolved = await this.resolve(id, importer?.replace(whole, ''), { ...options, skipSelf: true });
      return resolved && catalogue.test(resolved.id.replaceAll('\\', '/')) ? `${resolved.id}${whole}` : resolved;
    },
    load(id) {
      const isWhole = id.endsWith(whole);
      const path = id.replace(whole, '');
      if (!catalogue.test(path.replaceAll('\\', '/'))) return null;
      const code = readFileSync(path, 'utf8');
      if (isWhole) return { code, moduleType: 'ts' };
      const lean = withoutTexts(code);
      shortened ||= lean.length < code.length;
      return { code: lean, moduleType: 'ts' };
    },
    buildEnd(error) {
      if (error === undefined && !shortened) throw new Error('lean-rules: no declaration of a rule was found');
    },
  };
};

/** Drops the texts of every object that has an `id` and `severity`. @param {string} code */
function withoutTexts(code) {
  /** @type {{ start: number, end: number }[]} */
  const cuts = [];
  visit(parseAst(code, { lang: 'ts' }), (node) => {
    if (node.type !== 'ObjectExpression') return;
    const names = new Map(node.properties.map((property) => [property.key?.name, property]));
    if (!names.has('id') || !names.has('severity')) return;
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
