import { randomUUID } from 'node:crypto';
import { UserError } from '../../errors.ts';
import type { Compilation, CompileScript, ScriptProblem } from '../../script/compilation.ts';
import type { Incoming, Outgoing } from '../send.ts';
import type { AnswerMessage, FromHost, RequestMessage } from './host-messages.ts';
import type { HostProcess } from './host-process.ts';
import type { RunScript, ScriptCall, ScriptEnd, ScriptEvents, ScriptFacts } from './run-script.ts';

/** Milliseconds for a compilation; the first one of a host is the slowest. */
const compileTime = 60_000;

const fileName = 'script.csx';

/** Compiles scripts by the host, one after the other. */
export function compileBy(host: HostProcess): CompileScript {
  return (code) =>
    new Promise<Compilation>((resolve, reject) => {
      const id = host.next();
      const timer = setTimeout(() => host.end(), compileTime);
      const done = (result: Compilation): void => {
        clearTimeout(timer);
        host.forget(id);
        resolve(result);
      };
      const onMessage = (message: FromHost): void => {
        if (message.event === 'compiled') done({ problems: message.errors });
        if (message.event === 'broken') done({ missing: `the compiler failed (${message.message})` });
      };
      host
        .listen(id, { onMessage, onEnd: (reason) => done({ missing: `the compiler did not end: ${reason}` }) })
        .then(() => host.say({ id, do: 'compile', code }))
        .catch((error: unknown) => {
          clearTimeout(timer);
          reject(error);
        });
    });
}

/** Runs a script by the host. @param code its text */
export function hostedScript(host: HostProcess, code: string): RunScript {
  return async (call, events) => {
    const conversation = new Conversation(host, call, events);
    return conversation.hold(code);
  };
}

/** One run of a script, from the request to its answer. */
class Conversation {
  private readonly host: HostProcess;
  private readonly call: ScriptCall;
  private readonly events: ScriptEvents;
  private readonly id: number;
  private timer: NodeJS.Timeout | undefined;
  private hasReadOperationId = false;
  private started: number | undefined;
  private settle: { resolve: (end: ScriptEnd) => void; reject: (error: unknown) => void } | undefined;

  constructor(host: HostProcess, call: ScriptCall, events: ScriptEvents) {
    this.host = host;
    this.call = call;
    this.events = events;
    this.id = host.next();
  }

  /** @throws UserError when the script does not compile */
  async hold(code: string): Promise<ScriptEnd> {
    const { id, call } = this;
    const ended = new Promise<ScriptEnd>((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    await this.host.listen(id, {
      onMessage: (message) => this.heard(message),
      onEnd: (reason) => this.fail(`${fileName}: ${reason}`),
    });
    this.events.abandoned.addEventListener('abort', () => {
      this.host.say({ id, do: 'abandon' });
      this.fail(`${fileName}: nobody waits for it`);
    });
    this.limit(compileTime, 'was not compiled within a minute');
    this.host.say({
      id,
      do: 'run',
      code,
      operationId: call.operationId,
      correlationId: randomUUID(),
      originalRequestUri: call.originalRequestUri,
      notificationBase: call.notificationBase,
      request: messageOf(call.request),
    });
    try {
      return await ended;
    } finally {
      clearTimeout(this.timer);
      this.host.forget(id);
    }
  }

  /** A script that goes on can be ended only with its process; the next call starts another one. */
  private limit(milliseconds: number, text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.fail(`${fileName} ${text}`, true);
      this.host.end();
    }, milliseconds);
  }

  private heard(message: FromHost): void {
    if ('hasReadOperationId' in message) this.hasReadOperationId = message.hasReadOperationId;
    switch (message.event) {
      case 'started':
        this.started = performance.now();
        this.limit(this.call.timeout, `did not end within ${this.call.timeout / 1000} seconds (--script-timeout)`);
        return;
      case 'log':
        this.events.log(message.text);
        return;
      case 'send':
        void this.send(message.send, message.request);
        return;
      case 'answered':
        this.settle?.resolve({ answer: incomingOf(message.answer), ...this.facts() });
        return;
      case 'failed': {
        const type = message.type === null ? '' : `${message.type}: `;
        this.fail(`${placeOf(message)}: ${type}${message.message}`);
        return;
      }
      case 'compiled':
        this.settle?.reject(doesNotCompile(message.errors));
        return;
      case 'broken':
        this.fail(`${fileName}: ${message.message}`);
    }
  }

  private fail(failure: string, isTimeout = false): void {
    this.settle?.resolve({ failure, isTimeout, ...this.facts() });
  }

  private facts(): ScriptFacts {
    const { started, hasReadOperationId } = this;
    return { milliseconds: started === undefined ? 0 : performance.now() - started, hasReadOperationId };
  }

  private async send(number: number, request: RequestMessage): Promise<void> {
    const { id, host } = this;
    try {
      const answer = await this.events.send(outgoingOf(request));
      host.say({ id, do: 'answer', send: number, answer: { ...answer, body: answer.body.toString('base64') } });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      host.say({ id, do: 'answer', send: number, error: text });
    }
  }
}

function placeOf({ line, column }: { line: number; column: number }): string {
  return line === 0 ? fileName : `${fileName}:${line}:${column}`;
}

/** What keeps a script from being run, for people. */
function doesNotCompile(problems: readonly ScriptProblem[]): UserError {
  const lines = problems.map((problem) => `${placeOf(problem)}: ${textOf(problem)}`);
  const [first = fileName, ...others] = lines;
  return new UserError(`the code can't be run: ${first}`, {
    details: others.slice(0, 9),
    hint: 'see all that is wrong with it: pp-connector validate',
  });
}

function textOf({ kind, code, message }: ScriptProblem): string {
  if (kind !== 'network') return `${message} (${code})`;
  return `${message} goes past the connector; only what is sent by this.Context.SendAsync is sent here`;
}

const messageOf = ({ method, url, headers, body }: Outgoing): RequestMessage => ({
  method,
  url,
  headers: { ...headers },
  body: body === undefined ? null : body.toString('base64'),
});

/** The connection counts the bytes itself. */
const withoutLength = ({ 'content-length': _, ...headers }: Record<string, string>): Record<string, string> => headers;

const outgoingOf = ({ method, url, headers, body }: RequestMessage): Outgoing => ({
  method,
  url,
  headers: withoutLength(headers),
  body: body === null ? undefined : Buffer.from(body, 'base64'),
});

const incomingOf = ({ status, statusText, headers, body }: AnswerMessage): Incoming => ({
  status,
  statusText,
  headers: withoutLength(headers),
  body: Buffer.from(body ?? '', 'base64'),
});
