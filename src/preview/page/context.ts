import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageState } from '../page-state.ts';

/** What every part of the page may need. */
export interface Shared {
  state: PageState;
  /** Says something to everybody, also to screen readers. */
  announce: (text: string) => void;
  /** Typed texts: operation's pointer → key → text. They outlive every change on the disk. */
  values: Map<string, Map<string, string>>;
  files: Map<string, Map<string, { name: string; base64: string }>>;
  /** Operation's pointer → the body of its last answer, as a flow gets it. */
  answers: Map<string, unknown>;
  redraw: () => void;
}

export const SharedContext = createContext<Shared | undefined>(undefined);

export function useShared(): Shared {
  const shared = useContext(SharedContext);
  if (shared === undefined) throw new Error('outside of the page');
  return shared;
}

export function typedText(shared: Shared, operation: string, key: string): string | undefined {
  return shared.values.get(operation)?.get(key);
}

export function keepText(shared: Shared, operation: string, key: string, text: string): void {
  const values = shared.values.get(operation) ?? new Map<string, string>();
  shared.values.set(operation, values);
  values.set(key, text);
  shared.redraw();
}
