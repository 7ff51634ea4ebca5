import { targetOf } from '../static-files.ts';
import { azure } from './azure.ts';
import { github } from './github.ts';
import type { CiProvider } from './provider.ts';

/** All services that a repository may have workflows for. */
export const ciProviders: readonly CiProvider[] = [github, azure];

/** How prompts call them. */
export const ciLabels: Readonly<Record<string, string>> = Object.fromEntries(
  ciProviders.map(({ id, title }) => [id, title]),
);

/** The workflows of these services, as templates. @param ids as `CiProvider.id` */
export const workflowsOf = (ids: readonly string[]): string[] =>
  ciProviders.filter(({ id }) => ids.includes(id)).flatMap(({ templates }) => templates);

/** The services that a repository has workflows for. @param has whether the repository has a file */
export const recogniseCi = (has: (name: string) => boolean): string[] =>
  ciProviders.filter(({ templates }) => templates.some((template) => has(targetOf(template)))).map(({ id }) => id);
