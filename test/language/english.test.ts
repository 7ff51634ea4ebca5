import { expect } from 'chai';
import { lettersOfAnotherLanguage } from '../../src/language/english.ts';
import { hasHtml } from '../../src/language/html.ts';

describe('English', () => {
  for (const text of [
    'Gets a Pok\u00e9mon by its number.',
    'Lists the caf\u00e9s of S\u00e3o Paulo.',
    'Returns M\u00fcnchen and Z\u00fcrich.',
    'R\u00e9sum\u00e9',
    'The owner\u2019s price in \u20ac \u2192 net',
    'Plain.',
    '',
  ])
    it(`takes ${JSON.stringify(text)}`, () => expect(lettersOfAnotherLanguage(text)).to.equal(undefined));

  for (const [text, letter] of [
    ['Retourne une station m\u00e9t\u00e9o.', '\u00e9'],
    ['Liest Messwerte der Wetterstationen f\u00fcr alle Regionen.', '\u00fc'],
    ['Filter f\u00fcr den Ort', '\u00fc'],
    ['Devuelve la direcci\u00f3n del cliente.', '\u00f3'],
    ['L\u00e4nge', '\u00e4'],
    ['Gets the weather of \u041c\u043e\u0441\u043a\u0432\u0430.', '\u041c'],
    ['Lists the \u5929\u6c17 of a town.', '\u5929'],
  ] as const)
    it(`finds ${JSON.stringify(text)}`, () => expect(lettersOfAnotherLanguage(text)).to.equal(letter));
});

describe('HTML', () => {
  for (const text of ['<b>bold</b>', 'a<br/>b', 'see <a href="x">', '<code>id</code>', '<input type="text">'])
    it(`is in ${text}`, () => expect(hasHtml(text)).to.equal(true));

  for (const text of ['<site URL>', '<hasNext>', 'Bearer <code>', 'a < b > c', '<name>', ''])
    it(`is not in ${JSON.stringify(text)}`, () => expect(hasHtml(text)).to.equal(false));
});
