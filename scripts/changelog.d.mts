/** The sections of CHANGELOG.md, the newest first. */
export function sectionsOf(
  text: string,
): { title: string; version: string | undefined; isPublished: boolean; date: string | undefined; body: string }[];

/** CHANGELOG.md with the links at its end. @param repository address of the project, as package.json says it */
export function withLinks(text: string, repository: string): string;

/** What isn't in the form of Keep a Changelog. @param repository address of the project, as package.json says it */
export function problemsOf(text: string, repository: string): string[];
