import type { Json, JsonObject } from '../../connector/json/value.ts';
import type { Profile } from '../../connector/profile.ts';
import type { SourceFile } from '../../connector/source-file.ts';
import type { Compilation } from '../../script/compilation.ts';
import type { AnyLocation, Location } from './location.ts';
import type { ConnectorModel } from './model.ts';
import type { Visitor } from './visitor.ts';

/** E error, W warning, I info, - does not apply. */
export type SeverityLetter = 'E' | 'W' | 'I' | '-';

/**
 * What is being checked. `repository`: made by our generator; `folder`: a bare connector folder as submitted by pull
 * request; `file`: a definition alone; `package`: what `pp-connector package` wrote.
 */
export type Subject = 'repository' | 'folder' | 'file' | 'package';

/** The smallest change that removes a finding. */
export type Fix =
  | { op: 'set'; at: Location; value: Json }
  | { op: 'remove'; at: Location }
  | { op: 'rename'; at: Location; to: string }
  | { op: 'text'; file: SourceFile; edit: (text: string) => string }
  /** For encodings and byte-order marks: the file's new bytes. */
  | { op: 'bytes'; file: SourceFile; edit: (bytes: Buffer) => Buffer }
  | FileFix;

/** Of whole files, by absolute path; `renameFile` and `deleteFile` make them. */
export type FileFix =
  /** `to` is the new name, in the same folder. */
  { op: 'rename-file'; path: string; to: string } | { op: 'delete-file'; path: string };

/**
 * Says what is wrong.
 *
 * @param at the value, or its parent where the value is absent
 * @param message what is there, what is allowed, what to do; one line, values quoted with `quote`
 */
export type Report = (at: AnyLocation, message: string, fix?: Fix | Fix[]) => void;

/** A connector as a change of the clean example connector (`example-connector.ts`): what the example adds or breaks. */
export interface Example {
  /** What it shows, a few words. */
  name: string;
  /** Default `verified`. */
  profile?: Profile;
  /** Default `repository`. */
  subject?: Subject;
  /** JSON merge patches (RFC 7396): objects merge, null removes, everything else replaces. */
  definition?: JsonObject;
  properties?: JsonObject;
  settings?: JsonObject;
  config?: JsonObject;
  /** Whole files by name, text or bytes in base64; null removes the file. Applied after the patches. */
  files?: Record<string, string | { base64: string } | null>;
  /** What the compiler says of the script; default: nobody asked it. */
  compilation?: Compilation;
  /** Name of a submitted folder; default: the title of the clean connector. */
  folder?: string;
}

export interface BadExample extends Example {
  /**
   * Where the rule speaks, all places, as `<file>#<pointer>`: `definition#/host`, `properties#/properties/publisher`,
   * `settings#/icon`; `<file>` alone for the others: `icon`, `script`, `readme`, `intro`, `folder`.
   */
  expect: string[];
  /** The example after `--fix`, for rules that can be fixed: the same patch language on the clean connector. */
  fixed?: Omit<Example, 'name'>;
  /** Other rules that rightly speak, too. */
  implies?: string[];
}

export interface Rule {
  /** Stable, kebab-case: finding code, configuration key, documentation anchor. */
  id: string;
  /** What must hold, one sentence. */
  title: string;
  why: string;
  remedy: string;
  /** Who says so. */
  source: string;
  /** Severity for custom / verified / independent, in the notation of the catalogue: `W/E/E`. */
  severity: `${SeverityLetter}/${SeverityLetter}/${SeverityLetter}`;
  /** The service validator's own name for it. */
  official?: string;
  /** Number of the certification policy, for example 5000.2.2.1. */
  policy?: string;
  /** Which of the command's rules it is; default `validate`. */
  command?: 'validate' | 'validate --all' | 'diff' | 'package';
  /** Can't be checked from the files: listed, asked for by `status`, never faked. */
  manual?: true;
  /** Settings where it runs; default: everywhere. */
  appliesTo?: readonly Subject[];
  /**
   * Its fixes: `safe` ones by `validate --fix`, `unsafe` ones (of what flows refer to) and `deletion` (of a file) by
   * `validate --fix-unsafe`; or the other command whose work makes it hold.
   */
  fix?: 'safe' | 'unsafe' | 'deletion' | 'package' | 'release';
  /** Of unsafe fixes and deletions: who has to do what once they are made; one sentence. */
  consequence?: string;
  /** What to look at; functions are called once per thing of that kind, in document order. */
  on?: Visitor;
  examples?: { good: Example[]; bad: BadExample[] };
}

/** A family is one file of rules about one part of a connector. */
export interface Family {
  /** Heading of the family in the documentation. */
  name: string;
  /** The documentation lists families by rising numbers. */
  order: number;
  rules: Rule[];
}

/** Declares the rules of one family; the names are checked by the tests that run over all rules. */
export const defineFamily = (about: Omit<Family, 'rules'>, rules: Rule[]): Family => ({ ...about, rules });

/**
 * Computes something once per connector, when the first rule asks for it. The model itself holds it: a WeakMap would
 * keep connectors that are done with alive until the next full garbage collection.
 */
export function oncePerConnector<T extends {}>(
  build: (connector: ConnectorModel) => T,
): (connector: ConnectorModel) => T {
  return (connector) => {
    let value = connector.computed.get(build) as T | undefined;
    if (value === undefined) {
      value = build(connector);
      connector.computed.set(build, value);
    }
    return value;
  };
}
