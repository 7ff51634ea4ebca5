/** A service that runs workflows, and what a repository needs for it. */
export interface CiProvider {
  /** As an answer. */
  id: string;
  /** As people call it. */
  title: string;
  /** Its workflows, as templates below `templates/app`: they validate and deploy. */
  templates: readonly string[];
  /** Those of a repository of several connectors, as templates below `templates/workspace`. */
  workspaceTemplates: readonly string[];
}
