/**
 * What nobody has published, and how the log of the echo service answers it. The ids are those of
 * docs/reference/runtime.md#assumptions, where there is an assumption.
 */

/**
 * @typedef {{ method: string, path: string, query: string, headers: Record<string, string>, body: string }} Seen a request
 * @typedef {{ status: string, headers: Record<string, string>, answer: unknown }} Told what a flow got back
 * @typedef {{ seen: (path: string) => Seen[], told: (operation: string) => Told | undefined, times: () => [number, Told][] }} Evidence
 * @typedef {{ id: string, question: string, assumed?: string, settle: (evidence: Evidence) => string | undefined }} Question
 */

/** Whether a flow's action came to an end. @param {Told} told */
const succeeded = ({ status }) => /^2\d\d$/.test(status);

/** @param {Told} told */
const failure = ({ status }) => `the action fails${status === '' ? '' : ` with status ${status}`}`;

/** @param {Told} told @returns {Record<string, unknown>} */
const bodyOf = ({ answer }) =>
  typeof answer === 'object' && answer !== null ? /** @type {Record<string, unknown>} */ (answer) : {};

/**
 * A question that what the flow got back decides.
 *
 * @param {string} operation @param {(told: Told) => string | undefined} settle
 * @returns {(evidence: Evidence) => string | undefined}
 */
const byAnswer = (operation, settle) => (evidence) => {
  const told = evidence.told(operation);
  return told === undefined ? undefined : settle(told);
};

/**
 * A question that the request decides.
 *
 * @param {string} path @param {(seen: Seen) => string} settle
 * @returns {(evidence: Evidence) => string | undefined}
 */
const byRequest = (path, settle) => (evidence) => {
  const seen = evidence.seen(path).at(-1);
  return seen === undefined ? undefined : settle(seen);
};

/** @type {readonly Question[]} */
export const questions = [
  {
    id: 'request-policies-before-script',
    question: 'Does the script see what policies of the request made?',
    assumed: 'yes',
    settle: byAnswer('ScriptFacts', (told) => {
      if (!succeeded(told)) return undefined;
      return bodyOf(told).policyHeader === 'policy' ? 'yes' : 'no';
    }),
  },
  {
    id: 'response-policies-after-script',
    question: 'When do policies of the answer run?',
    assumed: 'after the script',
    settle: byAnswer('ScriptAnswer', (told) => {
      if (!succeeded(told)) return undefined;
      if (bodyOf(told).seenByScript === 'policy') return 'before the script';
      return told.headers['x-probe-order'] === 'policy' ? 'after the script' : 'not at all';
    }),
  },
  {
    id: 'failure-section',
    question: 'For which answers does the section Failure run?',
    assumed: '404, 500',
    settle: (evidence) => {
      const statuses = ['200', '404', '500'];
      const told = statuses.map((status) => evidence.told(`Failure${status}`));
      if (told.includes(undefined)) return undefined;
      const marked = statuses.filter((_, index) => told[index]?.headers['x-probe-failure'] === 'policy');
      return marked.join(', ') || 'none';
    },
  },
  {
    id: 'null-path',
    question: 'What becomes of a path through null?',
    assumed: 'the action fails',
    settle: byAnswer('NullPath', (told) => {
      if (!succeeded(told)) return failure(told);
      const header = told.headers['x-probe-null'];
      return header === undefined ? 'the policy does nothing' : `the header is ${JSON.stringify(header)}`;
    }),
  },
  {
    id: 'missing-source',
    question: 'What becomes of a value that is not there?',
    assumed: 'the policy does nothing',
    settle: byAnswer('MissingSource', (told) => {
      if (!succeeded(told)) return failure(told);
      const { copy } = bodyOf(told);
      return copy === undefined ? 'the policy does nothing' : `the property is ${JSON.stringify(copy)}`;
    }),
  },
  {
    id: 'query-in-new-path',
    question: 'Which query has a request that is routed to a path with a query?',
    assumed: 'both',
    settle: byRequest('/echo/Routed', ({ query }) => {
      const [fixed, own] = [query.includes('fixed=1'), query.includes('own=2')];
      return fixed && own ? 'both' : fixed ? 'that of the new path' : own ? 'the original one' : 'none';
    }),
  },
  {
    id: 'setvaluefromurl-body',
    question: 'Which body has the call of setvaluefromurl?',
    assumed: 'none',
    settle: byRequest('/token', ({ body }) =>
      body === '' ? 'none' : body.includes('probe') ? 'that of the operation' : body,
    ),
  },
  {
    id: 'setvaluefromurl-cache',
    question: 'How often does setvaluefromurl call?',
    assumed: 'once for each request',
    settle: ({ seen }) => {
      const [tokens, calls] = [seen('/token').length, seen('/echo/TokenBody').length];
      if (calls < 2) return undefined;
      return tokens >= calls ? 'once for each request' : `${tokens} times for ${calls} requests`;
    },
  },
  {
    id: 'setvaluefromurl-failure',
    question: 'What happens when the call of setvaluefromurl fails?',
    settle: ({ seen, told }) => {
      const answer = told('TokenFails');
      if (seen('/token-fails').length === 0 || answer === undefined) return undefined;
      const isSent = seen('/echo/TokenFails').length > 0;
      return isSent ? 'the request is sent without the value' : failure(answer);
    },
  },
  {
    id: 'query-append',
    question: 'How does setqueryparameter append?',
    assumed: 'by a comma',
    settle: byRequest('/echo/QueryAppend', ({ query }) => {
      const values = new URLSearchParams(query).getAll('q');
      if (values.length > 1) return 'as a second parameter';
      if (values[0] === 'own,policy') return 'by a comma';
      return values[0] === 'policy' ? 'not: the value is replaced' : `it makes ${JSON.stringify(values[0] ?? '')}`;
    }),
  },
  {
    id: 'converter-without-key',
    question: 'What becomes of elements without the key?',
    assumed: 'they are left out',
    settle: byAnswer('WithoutKey', (told) => {
      if (!succeeded(told)) return failure(told);
      const { byId } = bodyOf(told);
      const keys = Object.keys(/** @type {object} */ (byId ?? {})).filter((key) => key !== 'a');
      return keys.length === 0 ? 'they are left out' : `they get the key ${JSON.stringify(keys[0])}`;
    }),
  },
  {
    id: 'stringreplace-plain',
    question: 'Does stringreplace take text or a regular expression?',
    assumed: 'text',
    settle: byAnswer('Replace', (told) => {
      if (!succeeded(told)) return failure(told);
      const { replaced } = bodyOf(told);
      return replaced === 'X abc'
        ? 'text'
        : replaced === 'X X'
          ? 'a regular expression'
          : `it makes ${JSON.stringify(replaced)}`;
    }),
  },
  {
    id: 'next-link-form',
    question: 'What does updatenextlink make of a link?',
    assumed: "an address of the connector's own",
    settle: ({ told }) => {
      const [changed, original] = [told('NextLink'), told('Nulls')];
      if (changed === undefined || original === undefined || !succeeded(original)) return undefined;
      if (!succeeded(changed)) return failure(changed);
      const { next } = bodyOf(changed);
      if (typeof next !== 'string') return 'it is gone';
      const before = String(bodyOf(original).next).replace('/echo/Nulls', '/echo/NextLink');
      return next === before ? 'nothing' : "an address of the connector's own";
    },
  },
  {
    id: 'script-time',
    question: 'How long may a script take? (4, 8, 30, 115 and 125 seconds are tried)',
    assumed: 'at least 4 seconds, less than 8',
    settle: ({ times }) => {
      const all = times();
      if (all.length === 0) return undefined;
      const done = all.filter(([, told]) => succeeded(told)).map(([seconds]) => seconds);
      const failed = all.filter(([, told]) => !succeeded(told)).map(([seconds]) => seconds);
      const most = done.length === 0 ? 'not even one of these times' : `at least ${Math.max(...done)} seconds`;
      return failed.length === 0 ? most : `${most}, less than ${Math.min(...failed)}`;
    },
  },
  {
    id: 'operation-id-form',
    question: 'In which form does a script get the operation id?',
    assumed: 'plain text',
    settle: byAnswer('ScriptFacts', (told) => {
      if (!succeeded(told)) return undefined;
      return bodyOf(told).operationId === 'ScriptFacts' ? 'plain text' : 'Base64';
    }),
  },
  {
    id: 'original-request-uri',
    question: 'Which host has OriginalRequestUri?',
    assumed: "the connector's own",
    settle: byAnswer('ScriptFacts', (told) => {
      if (!succeeded(told)) return undefined;
      const { originalHost, requestHost } = bodyOf(told);
      return originalHost === requestHost ? "the API's" : "the connector's own";
    }),
  },
  {
    id: 'location-delete',
    question: "How does the DELETE to the API's own Location come?",
    assumed: "with the connection's credentials",
    settle: ({ seen }) => {
      const ended = seen('/hooks/').filter(({ method }) => method === 'DELETE');
      if (ended.length === 0) return undefined;
      const signed = ended.some(({ headers }) => headers['x-probe-key'] !== undefined);
      return signed ? "with the connection's credentials" : 'without credentials';
    },
  },
  {
    id: 'null-dropped',
    question: 'Does a flow get properties that are null?',
    assumed: 'no',
    settle: byAnswer('Nulls', (told) => {
      if (!succeeded(told)) return failure(told);
      return Object.hasOwn(bodyOf(told), 'summary') ? 'yes' : 'no';
    }),
  },
  {
    id: 'internal-optional',
    question: 'Is an internal optional input with a default sent by a flow?',
    assumed: 'no',
    settle: byRequest('/echo/InternalOptional', ({ query }) => (query.includes('internal=') ? 'yes' : 'no')),
  },
  {
    id: 'optional-default',
    question: 'Is the default of a visible optional input sent by a flow that leaves it alone?',
    assumed: 'no',
    settle: byRequest('/echo/InternalOptional', ({ query }) => (query.includes('visible=') ? 'yes' : 'no')),
  },
];
