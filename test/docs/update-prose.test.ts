import { expect } from 'chai';
import { withoutDoubledStops } from '../../src/docs/full-stops.ts';
import { updateProse } from '../../src/docs/update-prose.ts';

const path = 'README.md';
const block = (text: string) => `<!-- pp-connector:begin title -->\n${text}\n<!-- pp-connector:end title -->`;
const template = (name: string, account: boolean) =>
  `${block('')}\n\n* A plan.\n${account ? `* An account with ${name}.\n` : ''}\nAdd ${name}.\n`;
const change = (name: string, account = true) => ({
  path,
  before: template('Tides', true),
  after: template(name, account),
});

describe('sentences of a template', () => {
  const made = (name: string, title: string) => template(name, true).replace('\n\n<!--', `\n${title}\n<!--`);

  it('follow another name, and blocks stay', () => {
    expect(updateProse(made('Tides', '# Tides'), change('Floods'))).to.equal(made('Floods', '# Tides'));
  });

  it('keep line ends', () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(updateProse(crlf(made('Tides', 'x')), change('Floods'))).to.equal(crlf(made('Floods', 'x')));
  });

  it('come and go with what they are about', () => {
    const without = template('Tides', false);
    expect(updateProse(template('Tides', true), change('Tides', false))).to.equal(without);
    const added = { path, before: without, after: template('Tides', true) };
    expect(updateProse(without, added)).to.equal(template('Tides', true));
  });

  it("are the author's once they are edited, or are there twice", () => {
    const edited = made('Tides', 'x').replace('Add Tides.', 'Add our Tides.');
    expect(updateProse(edited, change('Floods')))
      .to.contain('Add our Tides.')
      .and.to.contain('account with Floods.');
    const twice = `${made('Tides', 'x')}\nAdd Tides.\n`;
    expect(updateProse(twice, change('Floods')).match(/Add Tides\./g)).to.have.length(2);
  });

  it('are left alone inside of a block', () => {
    const inside = `${block('Add Tides.')}\n`;
    expect(updateProse(inside, change('Floods'))).to.equal(inside);
  });
});

describe('names that end with a full stop', () => {
  it('end a sentence with one', () => {
    expect(withoutDoubledStops('An account with Tailspin Inc.. Then', ['Tailspin Inc.'])).to.equal(
      'An account with Tailspin Inc. Then',
    );
    expect(withoutDoubledStops('Ask Tailspin Inc. for it.', ['Tailspin Inc.'])).to.equal('Ask Tailspin Inc. for it.');
    expect(withoutDoubledStops('What..', ['Tailspin'])).to.equal('What..');
  });
});
