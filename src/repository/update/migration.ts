import type { RepositoryDraft } from './repository-draft.ts';

/** One step that brings a repository of an older version up to date. */
export interface Migration {
  /** In the order of the table; never used for another one. */
  id: string;
  /** The version that brought it: repositories of that version or a later one have it. Without it, every update does it. */
  since?: string;
  /** What it does, in words that go after the id. */
  summary: string;
  /** Changes the draft, or leaves it alone; doing it twice changes nothing. @returns what the author has to know */
  apply: (draft: RepositoryDraft, tool: Tool) => string[] | Promise<string[]>;
}

/** This package, as repositories name it. */
export interface Tool {
  version: string;
  /** npm spec for devDependencies. */
  spec: string;
  /** Text of a template of the repository. */
  template: (name: string) => string;
}
