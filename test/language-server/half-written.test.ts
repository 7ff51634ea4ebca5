import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { Editor } from './editor.ts';

/** Truncations and edits, seeded: `EDITS=5000 npx mocha test/language-server/half-written.test.ts` makes that many. */
const edits = Number(process.env.EDITS ?? 60);
const seed = Number(process.env.SEED ?? 20_261_128);

/** Megabytes that the server may grow by in the last four fifths of many edits: garbage that wasn't collected yet. */
const mostGrowth = 120;

/** Numbers from 0 below a limit, the same for a seed. */
function numbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const pieces = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\n',
  '\0',
  '"$ref": "#/',
  "@connectionParameters('",
  'null',
  '💥',
];

/** As people leave a text while they type: cut off, with a hole, with something in between, with a part twice. */
function halfWritten(text: string, random: (below: number) => number): string {
  const at = random(text.length);
  const to = at + random(60);
  switch (random(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, at) + pieces[random(pieces.length)] + text.slice(at);
    default:
      return text.slice(0, to) + text.slice(at);
  }
}

/** Resident megabytes of a process; undefined where nobody says so. */
function memoryOf(pid: number | undefined): number | undefined {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

describe('lsp: half-written files', function () {
  this.timeout(60_000 + edits * 500);
  let root = '';
  let editor: Editor;

  before(async () => {
    root = temporaryFolder();
    expect(warmCli(['new', '.', '--yes', '--auth', 'api-key'], { cwd: root }).status).to.equal(0);
    const script = 'public class Script : ScriptBase { string a = "ListItems"; } // $"{"';
    writeTree(root, { 'connector/script.csx': script });
    editor = await Editor.start(root, { commands: true });
  });
  after(() => editor.close());

  it(`are answered, and go on (${edits} edits)`, async () => {
    const names = ['apiDefinition.json', 'apiDefinition.json', 'apiProperties.json', 'settings.json', 'script.csx'];
    const files = [...names.map((name) => join(root, 'connector', name)), join(root, 'tests', 'ListItems.test.yaml')];
    const originals = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
    for (const path of originals.keys()) await editor.open(path);
    const random = numbers(seed);
    let before: number | undefined;
    for (let edit = 0; edit < edits; edit += 1) {
      const path = files[random(files.length)] ?? '';
      const text = halfWritten(originals.get(path) ?? '', random);
      await editor.type(path, text);
      const lines = text.split('\n');
      const line = random(lines.length);
      const position = { line, character: random((lines[line]?.length ?? 0) + 2) };
      await Promise.all([
        editor.hover(path, position),
        editor.completions(path, position),
        editor.places('definition', path, position),
        editor.places('references', path, position),
        editor.lenses(path),
        edit % 5 === 0 ? editor.actions(path, []) : undefined,
      ]);
      if (edit === Math.floor(edits / 5)) before = memoryOf(editor.child.pid);
    }
    const after = memoryOf(editor.child.pid);
    if (edits >= 1000 && before !== undefined && after !== undefined) {
      process.stdout.write(`      ${before.toFixed(0)} MB after a fifth, ${after.toFixed(0)} MB at the end\n`);
      expect(after - before).to.be.below(mostGrowth);
    }
    await isWell(originals);
  });

  it('are answered when they are empty, huge, or no JSON at all', async () => {
    const path = join(root, 'connector', 'apiDefinition.json');
    const text = readText(root, 'connector/apiDefinition.json');
    for (const odd of ['', '\uFEFF{', '[]', 'null', '{'.repeat(5000), '\0', `{"a":"${'x'.repeat(1_000_000)}"}`]) {
      await editor.type(path, odd);
      await editor.completions(path, { line: 0, character: 1 });
    }
    await isWell(new Map([[path, text]]));
  });

  it('have no answers, and no errors, where they are nested beyond any recursion', async () => {
    const path = join(root, 'connector', 'apiDefinition.json');
    const text = readText(root, 'connector/apiDefinition.json');
    for (const nested of ['['.repeat(100_000), `${'{"items":'.repeat(50_000)}{}${'}'.repeat(50_000)}`]) {
      await editor.type(path, nested);
      const position = { line: 0, character: 5 };
      expect(await editor.hover(path, position)).to.equal(null);
      expect(await editor.completions(path, position)).to.deep.equal([]);
      for (const method of ['definition', 'references'] as const)
        expect(await editor.places(method, path, position)).to.deep.equal([]);
      expect(await editor.lenses(path)).to.deep.equal([]);
      expect(await editor.actions(path, [], ['source.fixAll'])).to.deep.equal([]);
      expect(await editor.rename(path, position, 'Other')).to.equal(null);
    }
    await isWell(new Map([[path, text]]));
  });

  it('show the worst findings of very many, and none of a file that is too large to be checked in time', async () => {
    const path = join(root, 'connector', 'apiDefinition.json');
    const text = readText(root, 'connector/apiDefinition.json');
    const paths = Array.from({ length: 2600 }, (_, index) => [`/p${index}`, { get: { operationId: 'A b' } }]);
    await editor.type(path, JSON.stringify({ swagger: '2.0', paths: Object.fromEntries(paths) }));
    const many = await editor.diagnosticsOf(path);
    expect(many).to.have.length(20_001);
    expect(many[0]?.message).to.match(/^\d+ more findings are not shown here/);
    expect(many[1]?.severity).to.equal(1);
    await editor.type(path, ' '.repeat(2_100_000));
    const [only, ...others] = await editor.diagnosticsOf(path);
    expect(only?.message).to.include('too large').and.include('pp-connector validate');
    expect(others).to.deep.equal([]);
    expect(await editor.hover(path, { line: 0, character: 5 })).to.equal(null);
    await isWell(new Map([[path, text]]));
  });

  /** With its own text again, every file has its own findings again. */
  async function isWell(originals: ReadonlyMap<string, string>): Promise<void> {
    for (const [path, text] of originals) await editor.type(path, text);
    const found = await editor.diagnosticsOf(join(root, 'connector', 'apiDefinition.json'));
    expect(found.map(({ code }) => code)).to.include('sample-host');
    expect(editor.child.exitCode).to.equal(null);
  }
});
