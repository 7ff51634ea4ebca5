import { expect } from 'chai';
import { fuzz } from './fuzz.ts';

describe('commands with odd flags over damaged repositories', () => {
  it('end in one sentence with a status of the contract, and write nothing outside', async function () {
    this.timeout(180_000);
    // the same runs on every machine; a slow one may stop early
    const { runs, faults } = await fuzz({ seed: 20261128, runs: 250, seconds: 110, apart: false });
    expect(faults).to.deep.equal([]);
    expect(runs).to.be.greaterThan(0);
  });
});
