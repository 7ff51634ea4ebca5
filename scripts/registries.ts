import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type CommandSpec, commandGroups } from '../src/cli/command.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const header = '/** Made by scripts/sync.ts: change the files that it lists, then run npm run sync. */\n';

/**
 * The list of rule families, by the names of their files: it is made before anything that imports it, and loads none of them.
 *
 * @returns name relative to the checkout, and contents
 */
export function familiesList(): [name: string, contents: string] {
  const files = declarations('src/rules/families');
  return [
    'src/rules/families/families.generated.ts',
    `${header}import type { Family } from '../engine/rule.ts';
${files.map((file) => `import { family as ${camelCase(file)}Family } from './${file}.ts';`).join('\n')}

/** By the names of their files. */
export const declaredFamilies: readonly Family[] = [
${files.map((file) => `  ${camelCase(file)}Family,`).join('\n')}
];
`,
  ];
}

/**
 * The list of commands, with what is shown before one is loaded, in the order of the work.
 *
 * @returns name relative to the checkout, and contents
 * @throws when a file declares no command, or one of another name
 */
export async function commandsList(): Promise<[name: string, contents: string]> {
  const folder = 'src/cli/commands';
  const commands = await Promise.all(
    declarations(folder).map(async (file): Promise<CommandSpec> => {
      const module: { command?: CommandSpec } = await import(pathToFileURL(join(root, folder, `${file}.ts`)).href);
      if (module.command?.name === file) return module.command;
      throw new Error(`${folder}/${file}.ts: must export a "command" whose name is "${file}"`);
    }),
  );
  const groups = Object.keys(commandGroups);
  const place = ({ group, order }: CommandSpec): number => groups.indexOf(group) * 1000 + order;
  const entries = commands
    .sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1))
    .map(
      ({ name, summary, aliases, group }) => `  ${name}: {
    summary: ${JSON.stringify(summary)},
    aliases: ${JSON.stringify(aliases ?? [])},
    group: ${JSON.stringify(group)},
    load: async () => (await import('./commands/${name}.ts')).command,
  },`,
    );
  return [
    'src/cli/commands.generated.ts',
    `${header}import type { CommandEntry } from './command.ts';

/** All commands; each is loaded only when it is called. */
export const commands: Readonly<Record<string, CommandEntry>> = {
${entries.join('\n')}
};
`,
  ];
}

/** Files of a folder that declare nothing: lists, and examples that fill a file of their own. */
const isHelper = (name: string): boolean => name === 'catalogue.ts' || /(?:\.generated|-examples)\.ts$/.test(name);

/** The files that declare something, without their ending. */
const declarations = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !isHelper(name))
    .map((name) => basename(name, '.ts'))
    .sort();

const camelCase = (file: string): string => file.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
