/**
 * Two forms of the rules' declarations in one bundle: the whole ones for `pp-connector rules` and reports that explain
 * rules, and lean ones without examples and explanations for everything that only runs rules. What isn't loaded costs
 * no time: the texts are half of the code that a validation would have to read.
 */
import { readFileSync } from 'node:fs';
import { parseAst } from 'rolldown/parseAst';

/** Who needs the texts. */
const explainers = /src\/(cli\/commands\/rules|validate\/explain-catalogue)\.ts$/;
const catalogue = /src\/validate\/rules\/[^/]+\.ts$/;
const dropped = new Set(['examples', 'why', 'remedy', 'source', 'title']);
const whole = '?whole';

/** @returns {import('rolldown').Plugin} */
export const leanRules = () => ({
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
    return { code: isWhole ? code : withoutTexts(code), moduleType: 'ts' };
  },
});

/** Drops the texts of every object that has an `id` and `levels`. @param {string} code */
function withoutTexts(code) {
  /** @type {{ start: number, end: number }[]} */
  const cuts = [];
  visit(parseAst(code, { lang: 'ts' }), (node) => {
    if (node.type !== 'ObjectExpression') return;
    const names = new Map(node.properties.map((property) => [property.key?.name, property]));
    if (!names.has('id') || !names.has('levels')) return;
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
