import { updatedRecord } from '../connector/derived-texts.ts';
import { ConnectorDraft } from '../connector/draft.ts';
import { formatJson } from '../connector/json/edit.ts';
import { emptyDefinition } from '../connector/sample.ts';
import { UserError } from '../errors.ts';
import { addOperation } from '../operation/add-operation.ts';
import { signInOfCurl } from '../operation/curl-sign-in.ts';
import { parseCurl, readCurl } from '../operation/read-curl.ts';
import { checkHost } from './questions/checks.ts';
import { connectorIn, file, type StartingPoint } from './starting-point.ts';

/**
 * A connector with the one operation that a curl command line calls: its host, and how it signs in, are proposals. No
 * value of a credential is kept.
 *
 * @throws UserError where it is no curl, or calls no host that a connector can have
 */
export function fromCurl(root: string, text: string): StartingPoint {
  const { request, url } = parseCurl(text);
  const host = url.host.replace(/^[^@]*@/, '');
  const problem = checkHost(host);
  if (problem !== true) throw new UserError(`--curl: ${problem}`);
  const basePath = basePathOf(url.path);
  const draft = new ConnectorDraft(
    connectorIn(root, [file('definition', root, Buffer.from(formatJson({ ...emptyDefinition(), host, basePath })))]),
  );
  const operation = readCurl(text, { host: url.host, basePath });
  const notes = addOperation(draft, { ...operation, kind: operation.kind ?? 'action' });
  const connector = draft.finished();
  return {
    origin: 'curl',
    connector: { ...connector, derivedTexts: updatedRecord(draft.definition, undefined, () => true) },
    source: undefined,
    notes,
    proposed: signInOfCurl(request, url),
  };
}

/** What APIs usually have before their resources: `/api`, `/v2`, `/rest/v1.1`; at least one segment is left. */
function basePathOf(path: string): string {
  const segments = path.split('/').slice(1);
  let common = 0;
  while (common < segments.length - 1 && /^(?:api|rest|v\d+(?:\.\d+)*)$/i.test(segments[common] ?? '')) common += 1;
  return `/${segments.slice(0, common).join('/')}`;
}
