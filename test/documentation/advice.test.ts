import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { commandNamed, commandNames } from '../../src/cli/commands.ts';
import { flagsOf } from '../../src/cli/plain-arguments.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that people read: what is printed, what is generated, what is documented. */
const files = ['src', 'generators', 'templates', 'docs', 'README.md', 'CONTRIBUTING.md'].flatMap((name) =>
  name.includes('.')
    ? [name]
    : readdirSync(join(root, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(?:ts|md|ejs|yml)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
);

interface Line {
  file: string;
  text: string;
  command: string;
  flags: string[];
}

/** Command lines such as `pp-connector deploy --dry-run`, each up to the end of its quotation or line. */
function commandLines(): Line[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/(?:generator-)?pp-connector ([a-z]+)((?: (?!pp-connector)[^`\n]*)?)/g)].flatMap(
      ([whole, command = '', rest = '']) =>
        commandNames().includes(command)
          ? // a sentence may go on, and a shell with another program
            [
              {
                file,
                text: whole,
                command,
                flags: [...(rest.split(/[;|>)]| \\n|', |[.,:] /)[0] ?? '').matchAll(/ --([a-z][a-z-]*)/g)].map(
                  ([, flag = '']) => flag,
                ),
              },
            ]
          : [],
    );
  });
}

describe('commands that people are told to type', () => {
  it('have the flags that are named with them', async () => {
    const lines = commandLines();
    expect(lines.length).to.be.greaterThan(100);
    const known = new Map<string, Set<string>>();
    for (const name of commandNames()) {
      const command = await commandNamed(name)?.load();
      known.set(name, new Set(['help', 'version', ...(command ? flagsOf(command) : []).map((flag) => flag.name)]));
    }
    const wrong = lines.flatMap(({ file, text, command, flags }) =>
      flags.filter((flag) => !known.get(command)?.has(flag)).map((flag) => `${file}: --${flag} in ${text}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('cannot lose a flag to npm', () => {
    // workflows run in shells that keep the "--", and package.json holds whole commands
    const told = files.filter((file) => !file.startsWith('templates') || file.endsWith('.ejs'));
    const lines = told
      .filter((file) => file !== 'CONTRIBUTING.md' && file !== join('src', 'cli', 'npm-flags.ts'))
      .flatMap((file) => readFileSync(join(root, file), 'utf8').match(/npm run [a-z:-]+ (?:-- )?--?[a-z].*/g) ?? []);
    expect(lines).to.deep.equal([]);
  });
});
