import { confine } from '../files/contained-path.ts';

/** Set by the server for agents, for the commands that it starts: a JSON list of absolute folders. */
export const confinesVariable = 'PP_CONNECTOR_CONFINED_TO';

/** Lets this process into the folders alone that whoever started it names. What isn't such a list opens none. */
export function confineByEnvironment({ [confinesVariable]: text }: NodeJS.ProcessEnv): void {
  if (text !== undefined) confine(foldersIn(text));
}

function foldersIn(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : [];
  } catch {
    return [];
  }
}
