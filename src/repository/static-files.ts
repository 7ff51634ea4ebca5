/** Files that are the same in every repository. Templates stand where the file shall stand, with `_` for a leading dot. */
export const staticFiles = [
  '_editorconfig',
  '_gitattributes',
  '_gitignore',
  '_vscode/settings.json',
  '_yo-rc.json',
] as const;

const workflows = {
  github: ['_github/workflows/deploy.yml', '_github/workflows/validate.yml'],
  azure: ['azure-pipelines-deploy.yml', 'azure-pipelines.yml'],
} as const;

/** For whom the repository has workflows that validate and deploy. */
export const ciChoices = ['github', 'azure', 'both', 'none'] as const;
export type Ci = (typeof ciChoices)[number];

/** The workflows of a choice, as templates. */
export const ciFiles: Readonly<Record<Ci, readonly string[]>> = {
  github: workflows.github,
  azure: workflows.azure,
  both: [...workflows.github, ...workflows.azure],
  none: [],
};

/** Path of a template's file in the repository, with `/`. */
export const targetOf = (template: string): string => template.replaceAll(/(^|\/)_/g, '$1.');

/** The choice that a repository shows. @param has whether the repository has a file */
export function recogniseCi(has: (name: string) => boolean): Ci {
  const uses = (ci: keyof typeof workflows): boolean => workflows[ci].some((template) => has(targetOf(template)));
  if (uses('github')) return uses('azure') ? 'both' : 'github';
  return uses('azure') ? 'azure' : 'none';
}
