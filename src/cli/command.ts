/** What a command declares: the command line is made from it, and so are its help and the error for a wrong flag. */

export interface FlagSpec {
  /** Long name without dashes. */
  name: string;
  /** Placeholder of the value in the help; without it the flag is a switch. */
  value?: string;
  /** The flag may be given without its value, too; then it is a switch. */
  isValueOptional?: boolean;
  description: string;
  /** Where the help shows it: under this heading; default: first, under "Options". */
  heading?: string;
  /** All values that are allowed. */
  choices?: readonly string[];
  /** May be given several times. */
  many?: boolean;
}

export interface PositionalSpec {
  name: string;
  description: string;
  required?: boolean;
  many?: boolean;
}

/** The headings of the list of commands, in the order of the work. */
export const commandGroups = {
  make: 'Make the connector',
  check: 'Check it',
  deploy: 'Try it in an environment',
  publish: 'Publish it',
  repository: 'Keep the repository up to date',
} as const;

/** A command is one file in `commands/`; `npm run sync` makes the list of all commands from what they declare. */
export interface CommandSpec {
  /** As its file is called. */
  name: string;
  /** One line in the list of commands. */
  summary: string;
  /** Other names that people try. */
  aliases?: readonly string[];
  /** Where the list of commands shows it: under which heading, and there by rising numbers. */
  group: keyof typeof commandGroups;
  order: number;
  positionals?: readonly PositionalSpec[];
  flags: readonly FlagSpec[];
  /** Values of `--format`; without them the flag isn't known to the command. */
  formats?: readonly string[];
  /**
   * Whether it changes files of the repository around the working folder: no other command does so meanwhile. Those that
   * change other places, and generators, see to that themselves.
   */
  writes?: (flags: Flags) => boolean;
  /**
   * It takes `--all` and `--changed [BASE]` in a workspace (pp-connector.json): `each` runs it in one connector after the
   * other, `together` once, with the folders in `context.folders`.
   */
  several?: 'each' | 'together';
  /** Whole command lines, as a user would type them, with what they do. */
  examples: readonly (readonly [command: string, does: string])[];
  /** @returns the exit status: 0 done and clean, 1 findings or a failed tool; users' mistakes are thrown as UserError */
  run: (context: Context, positionals: string[], flags: Flags) => Promise<number> | number;
}

/** What is known of a command before it is loaded. */
export interface CommandEntry extends Pick<CommandSpec, 'summary' | 'group'> {
  aliases: readonly string[];
  load: () => Promise<CommandSpec>;
}

/** The flags as given, read by type. */
export class Flags {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values;
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  list(name: string): string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  }

  on(name: string): boolean {
    return this.values[name] === true;
  }

  /** Those that were given, by long name. */
  given(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.values).filter(([, value]) => value !== undefined));
  }
}

/** What every command gets from the outside world. */
export interface Context {
  /** Absolute; `--cwd`, else the current folder. */
  cwd: string;
  /** Absolute: names of files are shown as seen from here; default: `cwd`. It is another one where `--all` goes from folder to folder. */
  shownFrom?: string;
  /** Colours on stdout. */
  color: boolean;
  /** Questions may be asked: a terminal is there, and neither `--yes` nor `--non-interactive` was given. */
  interactive: boolean;
  format: string | undefined;
  /** Absolute folders of the connectors that `--all` or `--changed` means; undefined without these flags. */
  folders?: readonly string[];
  /** With these flags: those of all connectors of the repository. */
  neighbours?: readonly string[];
  /**
   * Asks a question: nobody is kept out of the repository while it is open.
   *
   * @throws UserError when what had been read was changed meanwhile
   */
  question: <T>(ask: () => Promise<T>) => Promise<T>;
  /** The result, to stdout. */
  out: (text: string) => void;
  /** Progress, notes and errors, to stderr. */
  err: (text: string) => void;
}
