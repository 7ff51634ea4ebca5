import { expect } from 'chai';
import { isJsonText, textOrFile } from '../../src/files/given-file.ts';
import { withJsonPieces } from '../../src/repository/questions/operation-prompts.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { oddNames } from '../support/odd-names.ts';

describe('a file that is given', () => {
  const names = [...oddNames, '[1].json', '{a b}.json', 'curl a.txt'];
  const folder = writeTree(temporaryFolder(), Object.fromEntries(names.map((name) => [name, `in ${name}`])));

  it('is read, whatever it is called', () => {
    const read = names.map((name) => [textOrFile('--curl', name, folder), isJsonText(name, folder)]);
    expect(read).to.deep.equal(names.map((name) => [`in ${name}`, false]));
  });

  it('may be the text itself', () => {
    for (const text of ['curl https://a.example', '{"a": 1}', ' [1]', `[${'1,'.repeat(9000)}1]`]) {
      expect(textOrFile('--curl', text, folder)).to.equal(text);
      expect(isJsonText(text, folder)).to.equal(!text.startsWith('curl'));
    }
  });

  it('is one of several at a prompt, or a single one with blanks in its name', () => {
    const pieces = (typed: string) => withJsonPieces({ requestSample: [typed] }, {}, folder).requestSample;
    expect(pieces('a.json  b.json ')).to.deep.equal(['a.json', 'b.json']);
    expect(pieces(' a  b')).to.deep.equal(['a  b']);
    expect(pieces('{a b}.json')).to.deep.equal(['{a b}.json']);
    expect(pieces('{ "a": 1 }')).to.deep.equal(['{ "a": 1 }']);
    expect(pieces(' ')).to.deep.equal([]);
  });
});
