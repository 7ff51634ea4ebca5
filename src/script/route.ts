import { connectionParametersOf } from '../authentication/all-parameters.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { asArray, getOwn, setOwn } from '../connector/json/value.ts';
import { propertiesOrder, setInOrder } from '../connector/key-order.ts';
import { UserError } from '../errors.ts';
import { addHandler, removeHandler, renameHandler } from './dispatcher.ts';
import { renameLiterals } from './operation-literals.ts';
import { bareScript, renderPattern } from './patterns.ts';
import type { ScriptPattern } from './script-pattern.ts';

/** Operations that run through script.csx (docs/reference/connector-format.md#script). */

const key = 'scriptOperations';

/** An operation that the script has to handle, and how; `values` fill the pattern. */
export interface ScriptRoute {
  readonly id: string;
  readonly pattern: ScriptPattern;
  readonly values: Readonly<Record<string, string>>;
}

const lines = (text: string): string => text.replaceAll('\r\n', '\n');

/** Changes the text with its own line ends. */
function edit(text: string, change: (text: string) => string): string {
  const changed = change(lines(text));
  return text.includes('\r\n') ? changed.replaceAll('\n', '\r\n') : changed;
}

/**
 * Routes an operation to a handler in script.csx; a handler that is there already stays as it is.
 *
 * @returns notes for the author
 * @throws UserError for a connector over the on-premises gateway
 */
export function routeToScript(
  draft: ConnectorDraft,
  id: string,
  pattern: ScriptPattern,
  values: Readonly<Record<string, string>>,
): string[] {
  requireNoGateway(draft, id);
  const before = draft.script;
  draft.script = edit(before ?? bareScript(), (text) => addHandler(text, id, renderPattern(pattern, id, values)));
  const listed = asArray(getOwn(draft.connectorProperties, key));
  // an existing script with an empty list is for all operations, and stays so
  const coversAll = before !== undefined && listed.length === 0;
  if (!coversAll && !listed.includes(id)) setInOrder(draft.connectorProperties, key, [...listed, id], propertiesOrder);
  nameScript(draft);
  return before === draft.script ? [] : [`the code of ${id} is in script.csx: adapt it, then run: npm run validate`];
}

/** The gateway runs no custom code (docs/reference/authentication.md#gateway). */
function requireNoGateway(draft: ConnectorDraft, id: string): void {
  const parameters = connectionParametersOf(draft.properties);
  if (!parameters.some((parameter) => getOwn(parameter, 'type') === 'gatewaySetting')) return;
  throw new UserError(`${id}: the connector goes over the on-premises gateway, which runs no custom code`, {
    hint: 'leave --script, or --location script, out; or reach the API over the internet: pp-connector oauth --transport cloud',
  });
}

/** Takes an operation out of the script and its list. @returns notes for the author */
export function unrouteScript(draft: ConnectorDraft, id: string): string[] {
  let kept = false;
  if (draft.script !== undefined) {
    const before = draft.script;
    draft.script = edit(before, (text) => {
      const removed = removeHandler(text, id);
      kept = removed.kept;
      return removed.text;
    });
    if (draft.script !== before && lines(draft.script) === lines(bareScript())) draft.script = undefined;
  }
  const listed = asArray(getOwn(draft.connectorProperties, key));
  const rest = listed.filter((name) => name !== id);
  const notes = kept ? [`script.csx keeps your code for ${id}, which nothing calls any more`] : [];
  if (rest.length === listed.length && draft.script === draft.source.script?.text) return notes;
  if (rest.length > 0) setOwn(draft.connectorProperties, key, rest);
  else if (listed.length > 0) emptyList(draft, notes);
  nameScript(draft);
  return notes;
}

/** An empty list means all operations, which is right only where the script is gone. */
function emptyList(draft: ConnectorDraft, notes: string[]): void {
  if (draft.script === undefined && draft.source.location.layout !== 'repository')
    delete draft.connectorProperties[key];
  else setOwn(draft.connectorProperties, key, []);
  if (draft.script !== undefined)
    notes.push(
      'scriptOperations is empty now, so script.csx runs for every operation: remove the file if it is not needed',
    );
}

/** An operation is called otherwise from now on. */
export function renameInScript(draft: ConnectorDraft, id: string, to: string): void {
  if (draft.script !== undefined)
    draft.script = edit(draft.script, (text) => renameLiterals(renameHandler(text, id, to), id, to));
  const listed = asArray(getOwn(draft.connectorProperties, key));
  if (listed.includes(id))
    setOwn(
      draft.connectorProperties,
      key,
      listed.map((name) => (name === id ? to : name)),
    );
}

/** settings.json names the script exactly when there is one. */
function nameScript(draft: ConnectorDraft): void {
  const { settings } = draft;
  if (Object.keys(settings).length === 0) return;
  const current = getOwn(settings, 'script');
  if (draft.script !== undefined && (current === undefined || current === null))
    setOwn(settings, 'script', 'script.csx');
  if (draft.script === undefined && current === 'script.csx') setOwn(settings, 'script', null);
}
