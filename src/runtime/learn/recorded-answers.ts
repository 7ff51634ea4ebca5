import { asString, getOwn, type Json } from '../../connector/json/value.ts';
import { answerOfEntry, entriesOf } from '../har.ts';
import { matchOperation } from '../match-operation.ts';
import { withoutSlashes } from '../message.ts';
import { declaredAddress, type RuntimeOperation } from '../operation.ts';
import type { Send } from '../send.ts';

/**
 * What a recording has of one operation, whatever else is in it: for each of its answers a `Send` that gives this one to
 * the operation's own request. Requests of policies are answered by the first entry of the same method and path.
 *
 * @returns none where the recording has no request of the operation
 * @throws UserError when it is no archive
 */
export function recordedAnswers(archive: Json, name: string, operation: RuntimeOperation): Send[] {
  const entries = entriesOf(archive, name).map((entry) => ({
    method: asString(getOwn(getOwn(entry, 'request'), 'method')) ?? '',
    path: pathOf(asString(getOwn(getOwn(entry, 'request'), 'url')) ?? ''),
    entry,
  }));
  const isOwn = ({ method, path }: { method: string; path: string }): boolean =>
    pathsBelow(operation, path).some(
      (below) => matchOperation(operation.definition, method, below)?.operation.id === operation.id,
    );
  return entries.filter(isOwn).map(({ entry }): Send => {
    return async (request) => {
      const asked = { method: request.method, path: pathOf(request.url) };
      const other = isOwn(asked)
        ? undefined
        : entries.find(({ method, path }) => method === asked.method && path === asked.path);
      // a policy may lead the operation elsewhere by now
      return answerOfEntry(other?.entry ?? entry);
    };
  });
}

const pathOf = (url: string): string => (url.split(/[?#]/, 1)[0] ?? '').replace(/^https?:\/\/[^/]*/i, '');

/** As the definition writes it: without the base path, where it has one. */
function pathsBelow({ definition }: RuntimeOperation, path: string): string[] {
  const base = withoutSlashes(declaredAddress(definition).basePath);
  return base !== '' && path.startsWith(`${base}/`) ? [path.slice(base.length), path] : [path];
}
