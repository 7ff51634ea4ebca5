import { expect } from 'chai';
import { introduction } from '../../src/docs/introduction.ts';
import type { OperationFacts } from '../../src/docs/operation-facts.ts';

const one = (summary: string, parts: Partial<OperationFacts> = {}): OperationFacts => ({
  summary,
  description: '',
  tags: [],
  isTrigger: false,
  isDeprecated: false,
  fields: [],
  ...parts,
});
const told = (...operations: OperationFacts[]): string => introduction({ service: 'Parcels', operations });
const opening = 'This connector lets your flows, apps and agents work with Parcels';

describe('the first sentence of INTRO.md', () => {
  it('says what can be done, in the words of the operations', () => {
    expect(told(one('Create a parcel'))).to.equal(`${opening}: create a parcel.`);
    expect(told(one('Creates a parcel'), one('Search parcels'))).to.equal(
      `${opening}: create a parcel and search parcels.`,
    );
  });

  it('names one of each tag, and counts the others', () => {
    const tags = (name: string) => ({ tags: [name] });
    const operations = [
      one('List parcels', tags('parcels')),
      one('Create a parcel', tags('parcels')),
      one('Get an invoice', tags('invoices')),
      one('Delete a depot', tags('depots')),
      one('Old way', { isDeprecated: true }),
    ];
    expect(told(...operations)).to.equal(`${opening}: list parcels, get an invoice, delete a depot and 1 more action.`);
  });

  it('says when flows start', () => {
    const trigger = (summary: string) => one(summary, { isTrigger: true });
    expect(told(trigger('When a parcel is lost'), trigger('When a parcel has arrived'))).to.equal(
      `${opening}. A flow can start when a parcel is lost, or when a parcel has arrived.`,
    );
  });

  it('falls back on tags where no operation says what it does, and claims nothing without any', () => {
    expect(told(one('Parcel history', { tags: ['Parcels'] }), one('Depots', { tags: ['Depots'] }))).to.equal(
      `${opening}: Parcels and Depots.`,
    );
    expect(told(one('Parcel history'))).to.equal(`${opening}.`);
    expect(told()).to.equal(`${opening}.`);
  });

  it('shows Markdown as it is written', () => {
    expect(told(one('Create a <b>parcel</b> ![x](y)'))).to.not.match(/(?<!\\)<b>|(?<!\\)!\[/);
  });
});
