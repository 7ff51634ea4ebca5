import { expect } from 'chai';
import fc from 'fast-check';
import { parseArguments } from '../../src/cli/arguments.ts';
import type { CommandSpec } from '../../src/cli/command.ts';
import { commandNamed, commandNames } from '../../src/cli/commands.ts';
import { flagsOf, parsePlainly } from '../../src/cli/plain-arguments.ts';

/** Words as people type them for a command: its flags, values that fit and that don't, and mistakes. */
function words(spec: CommandSpec): fc.Arbitrary<string[]> {
  const names = flagsOf(spec).flatMap(({ name, choices = [] }) => [
    `--${name}`,
    `--${name}=`,
    `--${name}=x`,
    ...choices,
  ]);
  const odd = [
    '',
    '-',
    '--',
    '-h',
    '--help',
    '-x',
    '--unknown',
    '--no-yes',
    'a b',
    '--format=json',
    '-5',
    '--=',
    '--cwd=a=b',
    '__proto__',
  ];
  return fc.array(fc.constantFrom('x', 'y', ...names, ...odd), { maxLength: 6 });
}

describe('plain command lines', () => {
  it('are read as all others are', async () => {
    let plain = 0;
    for (const name of commandNames()) {
      const spec = await commandNamed(name)?.load();
      if (spec === undefined) throw new Error(name);
      fc.assert(
        fc.property(words(spec), (argv) => {
          const quick = parsePlainly(spec, argv);
          if (quick === undefined) return;
          plain += 1;
          const full = parseArguments(spec, argv);
          expect({ ...quick, flags: quick.flags.given() }).to.deep.equal({ ...full, flags: full.flags.given() });
        }),
        { seed: 7, numRuns: 60 },
      );
    }
    expect(plain).to.be.greaterThan(commandNames().length * 5);
  });

  it('are the examples of every command', async () => {
    for (const name of commandNames()) {
      const spec = await commandNamed(name)?.load();
      for (const [example] of spec?.examples ?? []) {
        const [program, command, ...rest] = example.split(' ');
        if (spec === undefined || program !== 'pp-connector' || command !== name || /["'|>]|--help/.test(example))
          continue;
        expect(parsePlainly(spec, rest), example).to.not.equal(undefined);
      }
    }
  });
});
