import { homedir } from 'node:os';

/** The home folder of this user; undefined for one that has none, as in containers that run as any number. */
export function homeFolder(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
