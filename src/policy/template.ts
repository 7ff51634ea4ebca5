import type { NewPolicy } from './policies.ts';

export interface PolicyParameter {
  /** Without its prefix. */
  name: string;
  required: boolean;
  /** The prompt. */
  message: string;
  example: string;
  default?: string;
  choices?: readonly string[];
  /** An integer, or an object of texts; else a text. */
  type?: 'integer' | 'object';
}

/** What a template may want to know of the connector. */
export interface PolicyContext {
  operations: readonly {
    id: string;
    isTrigger: boolean;
    /** Names. */
    queryParameters: readonly string[];
  }[];
  /** Connections go through the on-premises gateway. */
  hasGateway: boolean;
  hasTestConnection: boolean;
}

/** Everything about one policy template: a file in `templates/` each, collected in `templates.ts`. */
export interface PolicyTemplate {
  /** In lower case. */
  templateId: string;
  /** What it is for, one line. */
  purpose: string;
  parameters: readonly PolicyParameter[];
  /** Where it can act; empty for templates that have no section. */
  sections: readonly string[];
  /** Acts on all operations without harm; others are asked for their operations. */
  forAll: boolean;
  /** Member `type` of its instances. */
  type?: string;
  /** What is wrong with a policy that only this template knows, or undefined. */
  check?(policy: NewPolicy, context: PolicyContext): string | undefined;
}
