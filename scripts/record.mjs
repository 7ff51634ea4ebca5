/**
 * Records the first minutes at a terminal as docs/pictures/first-minutes.svg: what the built executable really prints, line by
 * line. To be run again when that changes: npm run build, npm run record.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './support.mjs';

const description = `openapi: 3.0.3
info: { title: Harbour Tides, version: '1', description: 'Tells when high and low water come at each harbour of the coast.' }
servers: [{ url: https://api.harbour.example/v1 }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Auth-Token } } }
security: [{ key: [] }]
paths:
  /harbours:
    get:
      operationId: ListHarbours
      summary: List harbours
      description: Returns all harbours of the coast.
      responses: { '200': { description: All harbours., content: { application/json: { schema: { type: array, items: { type: object, properties: { name: { type: string, description: What people call the harbour. } } } } } } } }
`;

/** What is typed, and how many lines of what is printed are shown at most, from the end. */
const typed = [
  ['new tides --api openapi.yaml --yes', 9],
  ['validate', 2],
  ['deploy --dry-run', 8],
];

const folder = mkdtempSync(join(tmpdir(), 'record-'));
const program = join(root, 'dist', 'pp-connector.cjs');
/** @type {{ text: string, isTyped: boolean }[]} */
const lines = [];
try {
  writeFileSync(join(folder, 'openapi.yaml'), description);
  for (const [command, most] of typed) {
    const cwd = String(command).startsWith('new') ? folder : join(folder, 'tides');
    const args = [program, ...String(command).split(' ')];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    const printed = `${stdout}${stderr}`
      .replaceAll(folder, '~')
      .split('\n')
      // where this checkout is says nothing to anybody
      .filter((line) => line.trim() !== '' && !line.startsWith('Note: package.json has'));
    const shown = printed.slice(-Number(most));
    lines.push({ text: `$ pp-connector ${command}`, isTyped: true });
    if (shown.length < printed.length) lines.push({ text: '…', isTyped: false });
    lines.push(...shown.map((text) => ({ text, isTyped: false })));
    lines.push({ text: '', isTyped: false });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
mkdirSync(join(root, 'docs', 'pictures'), { recursive: true });
writeFileSync(join(root, 'docs', 'pictures', 'first-minutes.svg'), picture());

/** Each line comes a moment after the one above it; without animation all of them are there. */
function picture() {
  const [width, height] = [840, 40 + lines.length * 20];
  const rows = lines.map(({ text, isTyped }, index) => {
    const colour = isTyped ? '#7ee787' : '#e6edf3';
    const cut = text.length > 98 ? `${text.slice(0, 97)}…` : text;
    const delay = `animation-delay:${(index * 0.25).toFixed(2)}s`;
    return `<text x="20" y="${42 + index * 20}" fill="${colour}" style="${delay}">${escaped(cut)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The first minutes at a terminal">
<style>text{font:14px ui-monospace,Consolas,monospace;white-space:pre}@media (prefers-reduced-motion:no-preference){text{opacity:0;animation:come .1s forwards}@keyframes come{to{opacity:1}}}</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${rows.join('\n')}
</svg>
`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
