import type { CommandSpec } from '../command.ts';

/** What the server offers, and to whom: decided when it is started, never by what a connector or a client says. */
export interface ServerOptions {
  /** Absolute; no argument and no file leads out of it, links followed. */
  root: string;
  readOnly: boolean;
  /** Operations may be sent. */
  invoke: boolean;
  /** The code of a connector may be run. */
  scripts: boolean;
}

/** The arguments of one call, as the client gave them. */
export type ToolArguments = Readonly<Record<string, unknown>>;

/** A tool is a command of the command line under a name for agents. */
export interface Tool {
  name: string;
  /** For a model: when to use it, what it needs, an example. */
  description: string;
  /** The command that does it; its flags in camel case are the arguments. Undefined for the overview, which only reads. */
  command?: string;
  /** What it declares; loaded with the first call. */
  load?: () => Promise<CommandSpec>;
  /** Words of the command line that don't come from arguments. */
  words?: (args: ToolArguments) => readonly string[];
  /**
   * The arguments that the list of tools describes, as `type: description`; a type is `text`, `flag`, `list`, or
   * `sample`: a file, or the JSON itself. All other flags of the command count as well.
   */
  listed: Readonly<Record<string, string>>;
  required?: readonly string[];
  /** Flags of the command that are not for agents. */
  withheld?: readonly string[];
  /** Whether a call changes files. */
  writes?: (args: ToolArguments) => boolean;
  /** It makes a connector in the folder of its argument `folder`. */
  makes?: boolean;
  /** Offered in a server that may only read: some calls don't write. */
  looks?: boolean;
  needs?: 'invoke';
  /** What it prints is JSON; else lines for people. */
  json: boolean;
}
