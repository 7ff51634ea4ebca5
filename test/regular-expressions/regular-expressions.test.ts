import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkExpression, type Results } from '../../scripts/check-regular-expressions.mjs';
import { expressionsOfSources } from '../../scripts/collect-regular-expressions.ts';

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
/** What recheck says, kept since it takes a quarter of an hour: `npm run regular-expressions` adds the new ones. */
const results = read<Results>('results.json');
/** Expressions that aren't proved to take linear time, each with the reason why it may stay. */
const accepted = read<Record<string, string>>('accepted.json');

describe('regular expressions', function () {
  this.timeout(300_000);
  const expressions = expressionsOfSources();
  const resultOf = ({ text, pattern }: (typeof expressions)[number]): string =>
    pattern === undefined ? 'made of parts' : (results[text] ?? checkExpression(pattern.source, pattern.flags));

  it('are found in the sources, also where they are made of constants', () => {
    expect(expressions.length).to.be.greaterThan(500);
    const texts = expressions.map(({ text }) => text);
    expect(texts).to.include('/[^\\x00-\\x7f]/');
    expect(expressions.filter(({ pattern }) => pattern === undefined)).not.to.be.empty;
  });

  it('take linear time, or are accepted for a reason', () => {
    const open = expressions.filter((expression) => accepted[expression.text] === undefined);
    const slow = open
      .map((expression) => ({ ...expression, result: resultOf(expression) }))
      .filter(({ result }) => result !== 'safe')
      .map(({ text, places, result }) => `${places.join(' ')}: ${text} (${result})`);
    expect(slow, 'rewrite them, or bound what they read and say so in accepted.json').to.deep.equal([]);
  });

  it('are never exponential, accepted or not', () => {
    const exponential = Object.entries(results).filter(([, result]) => result.includes('exponential'));
    expect(exponential).to.deep.equal([]);
  });

  it('are accepted only where they are still in the sources and not proved to be safe', () => {
    const texts = new Set(expressions.map(({ text }) => text));
    const stale = Object.keys(accepted).filter((text) => !texts.has(text) || results[text] === 'safe');
    expect(stale).to.deep.equal([]);
    for (const [text, reason] of Object.entries(accepted)) expect(reason, text).to.have.length.greaterThan(20);
  });

  it('that are exponential or quadratic are recognised', () => {
    expect(checkExpression('^(?:a|a)+$', '')).to.match(/exponential/);
    expect(checkExpression('a+$', '')).to.match(/2nd degree/);
    expect(checkExpression('^a+$', '')).to.equal('safe');
  });
});
