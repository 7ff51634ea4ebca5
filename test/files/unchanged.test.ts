import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { SeenFiles } from '../../src/files/unchanged.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

describe('SeenFiles', () => {
  const change: Record<string, (folder: string) => void> = {
    'a file that was edited': (folder) => writeFileSync(join(folder, 'a.json'), '[]'),
    'a file that went': (folder) => rmSync(join(folder, 'a.json')),
    'a file that came': (folder) => writeFileSync(join(folder, 'b.json'), '{}'),
  };
  for (const [what, happen] of Object.entries(change)) {
    it(`refuses to go on after ${what}`, () => {
      const folder = writeTree(temporaryFolder(), { 'a.json': '{}' });
      const seen = new SeenFiles();
      const paths = [join(folder, 'a.json'), join(folder, 'b.json')];
      seen.look(paths);
      seen.requireUnchanged(folder);
      happen(folder);
      // a later look makes nothing of it
      seen.look(paths);
      expect(() => seen.requireUnchanged(folder)).to.throw(/^[ab]\.json changed while the questions were answered/);
    });
  }
});
