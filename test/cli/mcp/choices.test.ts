import { expect } from 'chai';
import { tools } from '../../../src/cli/mcp/tools.ts';
import { kebabCase } from '../../../src/repository/questions/question.ts';

/** What agents read is written for them, without loading a command; what it lists is what the flags take. */
describe('the arguments of tools', () => {
  it('that list values of a flag list all of them', async () => {
    const missing: string[] = [];
    let compared = 0;
    for (const tool of tools) {
      const flags = (await tool.load?.())?.flags ?? [];
      for (const [name, text] of Object.entries(tool.listed)) {
        const { choices } = flags.find((flag) => flag.name === kebabCase(name)) ?? {};
        const named = new Set(text.split(/[^\w-]+/));
        const absent = choices?.filter((choice) => !named.has(choice)) ?? [];
        // who names none of them, or one as an example, lists nothing
        if (choices === undefined || choices.length - absent.length < 2) continue;
        compared += 1;
        missing.push(...absent.map((choice) => `${tool.name} ${name}: ${choice}`));
      }
    }
    expect(missing).to.deep.equal([]);
    expect(compared).to.be.greaterThan(3);
  });
});
