import { expect } from 'chai';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { acknowledge } from '../../src/diff/acknowledge.ts';
import { type DiffReport, diffConnectors } from '../../src/diff/diff-report.ts';
import { diffFormats } from '../../src/diff/formats/formats.ts';
import { connectorOf } from '../support/connectors.ts';
import { region, version } from './pairs.ts';

const kind = 'breaking-operation-deleted';
const reason = 'Nobody uses it.';
const place = '/paths/~1stations~1{stationId}/get';

const without = (...paths: string[]): JsonObject => ({
  paths: Object.fromEntries(paths.map((path) => [path, { get: null }])),
});
const after = (config: JsonObject | string, patch = without('/stations/{stationId}')) =>
  connectorOf({ config, definition: version(patch, '1.1.0') });

function report(config: JsonObject | string, patch?: JsonObject): DiffReport {
  const base = { name: 'v1', connector: connectorOf({ definition: version({}, '1.0.0') }) };
  return diffConnectors(base, after(config, patch), { cwd: '/' });
}

/** config.json with an acknowledgement more. */
function acknowledged(config: JsonObject | string, given: { reason?: string; paths?: string[]; kind?: string } = {}) {
  const draft = new ConnectorDraft(after(config));
  acknowledge(draft, report(config), { kind, reason, paths: [], ...given });
  const [[, text] = []] = draft.files();
  return text ?? (config as string);
}

const rules = (text: string): JsonObject => JSON.parse(text).rules;

describe('acknowledge', () => {
  it('notes the places of the change, so that the next one is told again', () => {
    const text = acknowledged({ profile: 'verified' });
    expect(rules(text)).to.deep.equal({ [kind]: { severity: 'warning', reason, paths: [place] } });
    expect(report(text).changes.filter(({ breaking }) => breaking)).to.deep.equal([]);
    const more = report(text, without('/stations/{stationId}', '/stations')).changes.filter(({ breaking }) => breaking);
    expect(more.map(({ operationId }) => operationId)).to.deep.equal(['ListStations']);
    expect(more[0]?.reason).to.equal(undefined);
  });

  it('changes nothing the second time, and keeps the bytes of the rest', () => {
    const config = '{\n\t"profile":   "verified",\n\t"rules": {"info-title-length":"off"}\n}\n';
    const once = acknowledged(config);
    expect(once).to.match(/^\{\n\t"profile": {3}"verified",\n\t"rules": \{\s*"info-title-length": ?"off"/);
    expect(acknowledged(once)).to.equal(once);
  });

  it('adds places and reasons to what is there', () => {
    const once = acknowledged({ profile: 'verified' }, { paths: ['/paths/~1a'], reason: 'First.' });
    expect(rules(acknowledged(once))).to.deep.equal({
      [kind]: { severity: 'warning', reason: `First. ${reason}`, paths: ['/paths/~1a', place] },
    });
  });

  it('leaves what is meant everywhere so', () => {
    const everywhere = (setting: JsonObject | string): JsonObject => ({
      profile: 'verified',
      rules: { [kind]: setting },
    });
    expect(rules(acknowledged(everywhere('info')))).to.deep.equal({ [kind]: { severity: 'info', reason } });
    expect(rules(acknowledged(everywhere({ severity: 'error' })))).to.deep.equal({
      [kind]: { severity: 'warning', reason },
    });
  });

  it('refuses kinds that do not exist or have not happened, and silence', () => {
    const refused = (given: Parameters<typeof acknowledged>[1]) => () => acknowledged({ profile: 'verified' }, given);
    expect(refused({ kind: 'breaking-operation-delete' })).to.throw(/did you mean breaking-operation-deleted\?/);
    expect(refused({ kind: 'info-title-length' })).to.throw(/there is no such kind of change/);
    expect(refused({ kind: 'breaking-base-path' })).to.throw(/nothing of the kind has changed since v1/);
    expect(refused({ reason: '  ' })).to.throw(/--reason is missing/);
    const bare = new ConnectorDraft(connectorOf({ definition: version({}, '1.1.0') }));
    expect(() => acknowledge(bare, report({}), { kind, reason, paths: [] })).to.throw(/there is no config\.json/);
  });

  it('is shown with its reason in every format', async () => {
    const shown = report(acknowledged({ profile: 'verified' }));
    for (const name of diffFormats.names) {
      const print = await diffFormats.load(name);
      expect(print(shown, { color: false }), name).to.include(reason);
    }
    expect(shown.changes.filter((change) => change.reason !== undefined).map((change) => change.kind)).to.deep.equal([
      kind,
    ]);
  });

  it('says nothing of another place of the kind that is a warning anyway', () => {
    const enumeration = 'breaking-enum-value-removed';
    const config = { profile: 'verified', rules: { [enumeration]: { severity: 'warning', reason, paths: ['/else'] } } };
    const values = (list: string[]): JsonObject => ({
      paths: { '/stations': { get: { parameters: [{ ...region, enum: list }] } } },
    });
    const base = { name: 'v1', connector: connectorOf({ definition: version(values(['a', 'b']), '1.0.0') }) };
    const { changes } = diffConnectors(base, after(config, values(['a'])), { cwd: '/' });
    expect(changes.map((change) => [change.kind, change.reason])).to.deep.equal([[enumeration, undefined]]);
  });
});
