import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { counted } from '../../counted.ts';
import { UserError } from '../../errors.ts';
import { listenHere, thisMachine } from '../../network/this-machine.ts';
import { onOneLine } from '../../shown.ts';
import { page, pageHeaders } from './pages.ts';

/** The first port that is tried, and how many after it. An application has to know the address, so that it is always the same. */
export const usualPort = 4290;
const otherPorts = 9;

export interface RedirectListener {
  port: number;
  /**
   * What the service sends back with the browser.
   *
   * @param state of this sign-in; what has another one is only answered: it is of a tab that was left open, or any page that
   *   the browser shows sent it, and none of them may end this sign-in
   * @param timeoutMs milliseconds
   * @throws UserError (exit status 1) when nobody comes back in time
   */
  answer: (state: string, timeoutMs: number) => Promise<URLSearchParams>;
  close: () => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Waits on this machine for the browser to come back; nobody else can reach it.
 *
 * @param port undefined: the usual one, or one of those after it
 * @param path where the browser comes back to
 * @throws UserError for a port that is in use or not allowed
 */
export async function listenForRedirect(port: number | undefined, path = '/redirect'): Promise<RedirectListener> {
  let handler: Handler = (_, response) => answerWith(response, 503, 'Not yet', ['The sign-in has not begun.']);
  const server = createServer({ keepAlive: false }, (request, response) => handler(request, response));
  const bound = await listenHere(server, port ?? usualPort, {
    others: port === undefined ? otherPorts : 0,
    hint: 'take another one that the application knows: --port NUMBER; or sign in without one: --paste',
  });
  return {
    port: bound,
    answer: (state, timeoutMs) =>
      new Promise((resolve, reject) => {
        let others = 0;
        const timer = setTimeout(() => reject(tooLate(timeoutMs, others)), timeoutMs);
        handler = handlerFor(
          { state, path },
          {
            done: (parameters) => {
              clearTimeout(timer);
              resolve(parameters);
            },
            other: () => {
              others += 1;
            },
          },
        );
      }),
    close: () => {
      server.close();
      // browsers open connections ahead of need, which would keep this process
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 500).unref();
    },
  };
}

/** @param others answers that came with the state of another sign-in, as they do from a service that doesn't return ours */
const tooLate = (timeoutMs: number, others: number): UserError =>
  new UserError(
    `nobody signed in within ${timeoutMs / 1000} seconds (--timeout)${others === 0 ? '' : `; ${counted(others, 'answer')} of another sign-in (with another state) came and ${others === 1 ? 'was' : 'were'} not used`}`,
    {
      hint: 'run it again; where the browser can not come back to this machine: --paste',
      exitStatus: 1,
    },
  );

interface Outcome {
  done: (parameters: URLSearchParams) => void;
  /** Something of another sign-in came. */
  other: () => void;
}

function handlerFor(expected: { state: string; path: string }, { done, other }: Outcome): Handler {
  return ({ method, url: target = '/' }, response) => {
    const url = URL.canParse(target, `http://${thisMachine}`) ? new URL(target, `http://${thisMachine}`) : undefined;
    if (url?.pathname !== expected.path) return answerWith(response, 404, 'Not found', ['There is nothing here.']);
    if (method !== 'GET') return answerWith(response, 405, 'Not allowed', ['The browser comes back by GET.']);
    const { searchParams } = url;
    if (!['code', 'error'].some((name) => searchParams.has(name))) {
      // a browser that looks ahead, or somebody who tries ports
      return answerWith(response, 400, 'No sign-in', ['The browser came back without an answer of the service.']);
    }
    if (searchParams.get('state') !== expected.state) {
      other();
      return answerWith(response, 400, 'Another sign-in', [
        'This answer belongs to another sign-in, perhaps of a tab that was left open. It is not used: the terminal still waits for its own.',
      ]);
    }
    const error = searchParams.get('error');
    if (error === null) {
      answerWith(response, 200, 'Back to the terminal', [
        'The sign-in has arrived there; it shows how it goes on. This page can be closed.',
      ]);
    } else {
      answerWith(response, 400, 'Not signed in', [
        'The service refused:',
        onOneLine(`${error} ${searchParams.get('error_description') ?? ''}`).slice(0, 500),
      ]);
    }
    done(searchParams);
  };
}

function answerWith(response: ServerResponse, status: number, title: string, lines: readonly string[]): void {
  response.writeHead(status, pageHeaders);
  response.end(page(title, lines));
}
