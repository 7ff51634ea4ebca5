import { cpSync } from 'node:fs';
import { expect } from 'chai';
import { temporaryFolder } from '../support/folders.ts';
import { faultsOf, hostileModel, lines, say } from './hostile.ts';
import { type HostileKind, hostileKinds } from './hostile-kinds.ts';

/** One line of so many runs here, by turns; all of them: npm run fuzz -- --hostile */
const share = { ofPlants: 19, ofShapes: 127 };

/** What a kind is about, and a share of the rest: each line meets each group of kinds. */
const chosenFor = ({ concerns, isShape }: HostileKind, index: number): string[] =>
  lines.filter(
    (line, at) => concerns?.test(line) === true || (at + index) % (isShape ? share.ofShapes : share.ofPlants) === 0,
  );

/** Lines that need what only a kind plants, or refuse a repository of one connector. */
const unprepared = [
  'release --dry-run',
  'connect --test',
  'invoke Upload --dry-run --input input.json --format json',
  'workspace --yes --dry-run',
];

(process.platform === 'win32' ? describe.skip : describe)("a stranger's repository", function () {
  this.timeout(120_000);
  let model: string;

  before(async () => {
    model = await hostileModel();
  });

  it('is one that the lines work in, where nothing is planted', async () => {
    const folder = temporaryFolder();
    cpSync(model, folder, { recursive: true });
    const refused: string[] = [];
    for (const line of lines.slice(1)) {
      const { status, text } = await say(folder, line);
      if (status > 1) refused.push(`${line}: ${text}`);
    }
    expect(refused.map((text) => text.replace(/: .*/s, ''))).to.deep.equal(unprepared, refused.join('\n'));
  });

  for (const [index, kind] of hostileKinds.entries()) {
    const chosen = chosenFor(kind, index);
    if (chosen.length === 0) continue;
    it(kind.name, async () => {
      expect(await faultsOf(model, kind, chosen)).to.deep.equal([]);
    });
  }
});
