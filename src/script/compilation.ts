/** What a compiler says about script.csx. */

/** A place that keeps a script from running. */
export interface ScriptProblem {
  /** `CS1061`; of a way out, the name of the type. */
  code: string;
  message: string;
  /** Index in the text. */
  start: number;
  /** From 1. */
  line: number;
  column: number;
  /**
   * `surface`: a member that the service's own types don't have; `network`: a type that reaches the network, or another
   * program, past the context (`message` is its full name).
   */
  kind: 'compiler' | 'surface' | 'network';
}

export type Compilation =
  | { problems: readonly ScriptProblem[] }
  /** Why it could not be compiled here, for the end of a sentence. */
  | { missing: string };

/** Compiles the text of a script, and runs nothing of it. */
export type CompileScript = (text: string) => Promise<Compilation>;
