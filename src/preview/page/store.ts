import type { FormField, FormOutput } from '../../runtime/form/form-model.ts';
import type { ChoicesRequest, Known, PageState, TryAnswer, TryRequest } from '../page-state.ts';

/** Where the page gets its state from: a server beside it, or the file that it is in. */

export interface Source {
  state: () => Promise<PageState>;
  /** Calls back when there is a newer state, and when the server is gone or back. */
  follow: (onChange: () => void, onConnection: (isThere: boolean) => void) => void;
}

const embedded = (): string => document.getElementById('state')?.textContent ?? '';

export function openSource(): Source {
  const text = embedded();
  if (text !== '') return { state: async () => JSON.parse(text) as PageState, follow: () => {} };
  return { state: async () => (await fetch('state')).json() as Promise<PageState>, follow: followServer };
}

function followServer(onChange: () => void, onConnection: (isThere: boolean) => void): void {
  const events = new EventSource('events');
  events.addEventListener('change', onChange);
  events.addEventListener('open', () => onConnection(true));
  events.addEventListener('error', () => onConnection(false));
}

async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `the preview answered ${response.status}`);
  return answer;
}

/** @returns what was done, for people @throws Error with a message for people */
export const requestFix = (stamp: number, index: number): Promise<{ message: string }> => post('fix', { stamp, index });

export const tryIt = (request: TryRequest): Promise<TryAnswer> => post('try', request);

/** What the API tells; null where the connection has no values, so that it wasn't asked. */
interface Told<T> {
  told: T | null;
}

export const loadChoices = (request: ChoicesRequest): Promise<Told<{ value: string; label: string }[]>> =>
  post('choices', request);

export const loadFields = (request: ChoicesRequest): Promise<Told<Known<FormField>>> => post('fields', request);

export const loadOutputs = (request: ChoicesRequest): Promise<Told<Known<FormOutput>>> => post('outputs', request);
