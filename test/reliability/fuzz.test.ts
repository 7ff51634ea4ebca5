import { expect } from 'chai';
import { fuzz } from './fuzz.ts';

describe('commands with odd flags over damaged repositories', () => {
  it('end in one sentence with a status of the contract, and write nothing outside', async function () {
    this.timeout(180_000);
    const { runs, faults } = await fuzz(20261128, 60);
    expect(faults).to.deep.equal([]);
    expect(runs).to.be.greaterThan(0);
  });
});
