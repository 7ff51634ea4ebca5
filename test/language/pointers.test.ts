import { expect } from 'chai';
import fc from 'fast-check';
import { describe as plainDescription } from '../../src/language/plain-text.ts';
import { isPointer } from '../../src/language/pointers.ts';

const described = (text: string): string => plainDescription(text, 500);

/** They lead nowhere once their links are gone. */
const leadNowhere = [
  'Learn more.',
  'Learn more about refunds',
  'Find out more about how refunds work.',
  'To learn more about refunds, read our guide.',
  'Read more about refunds in our docs.',
  'See the docs.',
  'Please see our documentation.',
  'See the API reference for details.',
  'See LMS Feeds in the Selling Integration Guide.',
  'See validation checks for more information.',
  'See https://docs.contoso.com/refunds for details.',
  'Check the official documentation.',
  'Click here.',
  'Note: For a complete list of refund types, refer to RefundTypeEnum.',
  'For more information, see Refunds.',
  'For more information about refunds see Refunds and returns.',
  'For details about how this is used, refer to our guide.',
  'For possible values, refer to Result codes.',
  'For implementation help, refer to Contoso API documentation.',
  'More information on refunds is available here.',
  'The full list of reason codes can be found here.',
  'More info: https://docs.contoso.com/refunds',
  'Related Guides Send a refund Cancel a refund',
  'Related articles.',
  'Back to top',
];

/** They say something of the API, or may be what an operation does. */
const saySomething = [
  'Check the website.',
  'Visit the page.',
  'View more orders.',
  'Read more than one record at once.',
  'Read the documentation of the product.',
  'See the status parameter.',
  'To include answers that are left out, see the promote query parameter.',
  'See /orders/{id} for more information.',
  'Refer to the filter field for additional information about each filter.',
  'To see all of a product, use the getProduct call.',
  'More information about the custom field.',
  'Related articles are returned with the answer.',
  'Returns the guide.',
  'You can put "testing" here to say that you are testing.',
  'Add a name for your live stream here.',
  'For more information, contact the support.',
  'The address of the documentation.',
  'A link to more details about the program.',
];

describe('sentences that only point elsewhere', () => {
  for (const sentence of leadNowhere)
    it(`leaves out: ${sentence}`, () => {
      expect(isPointer(sentence)).to.equal(true);
      const text = described(
        `The reason of the refund. ${sentence}${/[.]$/.test(sentence) ? '' : '.'} Up to 80 letters.`,
      );
      expect(text).to.equal('The reason of the refund. Up to 80 letters.');
    });

  for (const sentence of saySomething)
    it(`keeps: ${sentence}`, () => {
      expect(described(sentence)).to.equal(sentence);
    });

  const marked: readonly (readonly [source: string, text: string])[] = [
    ['The code. See <a href="https://contoso.com">Result codes</a>.', 'The code.'],
    ['The code. See [Result codes](https://contoso.com).', 'The code.'],
    ['The code, see [our docs](https://contoso.com).', 'The code, see our docs.'],
    ['The code of the country; see our docs.', 'The code of the country.'],
    ['The code (see [the docs](https://contoso.com)).', 'The code.'],
    ['Creates it.\n\n**Related Guides**\n\n[Send it](https://a.com)\n[Sign it](https://b.com)', 'Creates it.'],
    [
      'Creates it.\n\n## See also\n* [Send it](https://a.com)\n* [Sign it](https://b.com)\n\nOnly once.',
      'Creates it. Only once.',
    ],
    ['Creates it.\n\n[Send it](https://a.com)\n\nOnly once.', 'Creates it. Only once.'],
    ['One of:\n- [Stripe](https://a.com)\n- [Klarna](https://b.com)', 'One of: Stripe; Klarna.'],
    ['Charges are made by\n[Stripe](https://a.com)\nfor all.', 'Charges are made by Stripe for all.'],
    ['[Countries](https://a.com)', 'Countries.'],
    ['Learn more', ''],
  ];
  for (const [source, text] of marked)
    it(`${JSON.stringify(source)} is ${JSON.stringify(text)}`, () => {
      expect(described(source)).to.equal(text);
    });

  it('leaves its own results alone, whatever is around the links', () => {
    const part = fc.constantFrom(
      ...leadNowhere,
      ...saySomething,
      ...marked.map(([source]) => source),
      '\n\n',
      ' - ',
      '; ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const once = described(parts.join(' '));
        expect(described(once)).to.equal(once);
      }),
      { numRuns: 300, seed: 12 },
    );
  });
});
