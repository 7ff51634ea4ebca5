import type { ScriptProblem } from '../../script/compilation.ts';

/** The messages between this program and the .NET host (templates/script-host): JSON, one per line. */

export interface RequestMessage {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Base64; null: none. */
  body: string | null;
}

export interface AnswerMessage {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: string | null;
}

export type ToHost =
  | { id: number; do: 'compile'; code: string }
  | {
      id: number;
      do: 'run';
      code: string;
      operationId: string;
      correlationId: string;
      originalRequestUri: string;
      notificationBase: string;
      request: RequestMessage;
    }
  | { id: number; do: 'answer'; send: number; answer: AnswerMessage }
  | { id: number; do: 'answer'; send: number; error: string }
  | { id: number; do: 'abandon' };

export type FromHost =
  | { event: 'ready' }
  | { id: number; event: 'compiled'; errors: ScriptProblem[] }
  | { id: number; event: 'broken'; message: string }
  | ({ id: number; hasReadOperationId: boolean } & RunEvent);

/** Of a script that runs. */
export type RunEvent =
  | { event: 'started' }
  | { event: 'log'; text: string }
  | { event: 'send'; send: number; request: RequestMessage }
  | { event: 'answered'; answer: AnswerMessage }
  | { event: 'failed'; message: string; type: string | null; line: number; column: number };
