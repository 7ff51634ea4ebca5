import { relative, resolve } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { noConnector } from '../../connector/no-connector.ts';
import { UserError } from '../../errors.ts';
import { type Decision, decide, diffOf, summarise, write } from '../../files/commit.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { nameOf } from '../../files/names.ts';
import { shellPath } from '../../process/command.ts';
import { followedTemplates } from '../../repository/migrations/follow-templates.ts';
import { targetOf } from '../../repository/static-files.ts';
import { toolSpec } from '../../repository/tool-spec.ts';
import { migrations } from '../../repository/update/migrations.ts';
import { planUpdate, type UpdatePlan } from '../../repository/update/plan-update.ts';
import { noteLine } from '../../shown.ts';
import { readTemplate } from '../../templates.ts';
import { version } from '../../version.ts';
import type { CommandSpec } from '../command.ts';

/** Files that have a template. */
const templated = followedTemplates.map(targetOf);

export const command: CommandSpec = {
  name: 'update',
  writes: () => true,
  summary: 'bring a repository of an older version up to date with this one',
  group: 'repository',
  order: 10,
  several: 'each',
  positionals: [
    {
      name: 'files',
      many: true,
      description: 'with --force: the files to replace (default: all that have a template)',
    },
  ],
  flags: [
    { name: 'force', description: 'replace files that were edited, too' },
    {
      name: 'tool-spec',
      value: 'SPEC',
      description: 'npm spec of this package for package.json (default: this version)',
    },
    { name: 'dry-run', description: 'show what would change, write nothing' },
  ],
  examples: [
    ['npx generator-pp-connector@latest update', 'with the newest version, in a repository of any older one'],
    ['pp-connector update --dry-run', 'see what would change'],
    ['pp-connector update --force .github/workflows/validate.yml', 'take our file instead of your edited one'],
  ],
  async run(context, positionals, flags) {
    const root = findRepositoryRoot(context.cwd);
    if (root === undefined) {
      throw noConnector(
        context.cwd,
        'go to one, or make one, also around an existing connector: pp-connector new --from FOLDER',
        { what: 'there is no connector repository here', all: 'pp-connector update --all' },
      );
    }
    const wanted = wantedFiles(root, context.cwd, positionals, flags.on('force'));
    const generated = GeneratedFiles.read(root);
    const tool = {
      version,
      spec: flags.text('tool-spec') ?? toolSpec(root),
      template: (name: string) => readTemplate('app', ...name.split('/')),
    };
    const plan = await planUpdate(root, { generated, migrations, tool, wanted });
    const options = { root, generated, ask: async (name: string) => wanted.has(name) };
    const decisions = await decide(plan.files, options);
    if (flags.on('dry-run')) {
      context.out(await diffOf(decisions, root));
    } else {
      generated.version = version;
      write(decisions, options);
    }
    context.err(report(plan, decisions, root));
    if (!flags.on('dry-run')) context.err(summarise(decisions, root));
    for (const note of [...plan.notes, ...keptNotes(decisions, root)]) context.err(noteLine(note));
    return 0;
  },
};

/** Names of the files that shall be replaced although they were edited. */
function wantedFiles(root: string, cwd: string, given: readonly string[], force: boolean): ReadonlySet<string> {
  if (!force && given.length > 0) {
    throw new UserError(`${given.join(' ')}: files are named only to be replaced`, {
      hint: `replace them with: pp-connector update --force ${given.map((path) => shellPath(path)).join(' ')}`,
    });
  }
  const names = given.map((path) => {
    const name = nameOf(root, resolve(cwd, path));
    if (templated.includes(name)) return name;
    throw new UserError(`${path}: there is no template for ${relative(root, resolve(cwd, path)) || path}`, {
      hint: `these have one: ${templated.join(', ')}`,
    });
  });
  return new Set(names.length > 0 ? names : force ? templated : []);
}

/** One line per migration that changes something. */
function report({ from, steps }: UpdatePlan, decisions: readonly Decision[], root: string): string {
  const kept = new Set(keptFiles(decisions, root));
  const ran = steps.filter(({ names }) => names.some((name) => !kept.has(name)));
  if (ran.length === 0) return `The repository is up to date with version ${version}.\n`;
  const lines = ran.map(({ migration: { id, summary } }) => `  ${id}: ${summary}`);
  return [`From version ${from} to ${version}:`, ...lines, ''].join('\n');
}

const keptFiles = (decisions: readonly Decision[], root: string): string[] =>
  decisions.filter(({ outcome }) => outcome === 'keep').map(({ file }) => nameOf(root, file.path));

function keptNotes(decisions: readonly Decision[], root: string): string[] {
  const kept = keptFiles(decisions, root);
  if (kept.length === 0) return [];
  return [
    `${kept.join(' and ')}: you edited what has a new template; compare with: pp-connector update --force --dry-run ${kept.join(' ')}`,
  ];
}
