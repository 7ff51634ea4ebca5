import { basename, dirname } from 'node:path';
import { configurationOf } from '../connector/configuration.ts';
import { linesAndColumns, locate } from '../connector/json/locate.ts';
import { fromPointer } from '../connector/json/pointer.ts';
import { asObject, asString, getOwn, isObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { noConnector } from '../connector/no-connector.ts';
import type { Profile } from '../connector/profile.ts';
import { profileOf } from '../connector/profile.ts';
import { requireReliable, requireSwagger } from '../connector/require-json.ts';
import { shownSource } from '../files/names.ts';
import { RuleConfiguration } from '../rules/engine/rule-configuration.ts';
import { ruleById } from '../rules/families/catalogue.ts';
import type { Change } from './change.ts';
import { compareConnectors } from './compare-definitions.ts';
import type { Base } from './find-base.ts';
import type { Version } from './version.ts';

/** A change and where the later version shows it. */
export interface PlacedChange extends Omit<Change, 'file'> {
  /** Relative to the working folder, with `/`. */
  file: string;
  /** 1-based; the nearest place that is left of what is gone. */
  line: number;
  column: number;
  /** Why the author says that this is meant: config.json → rules. */
  reason: string | undefined;
}

/** What `diff` found; every format is made from this. */
export interface DiffReport {
  base: string;
  profile: Profile;
  changes: PlacedChange[];
}

export interface DiffOptions {
  /** Paths of the report are relative to this folder. */
  cwd: string;
  profile?: Profile | undefined;
}

/**
 * Compares a connector with its base; what its config.json says of kinds of changes counts.
 *
 * @throws UserError when either has no definition that can be read
 */
export function diffConnectors(base: Base, after: Connector, { cwd, profile }: DiffOptions): DiffReport {
  const versions = { before: versionOf(base.connector, cwd), after: versionOf(after, cwd) };
  const config = configurationOf(after);
  const settings = new RuleConfiguration(new Set(ruleById.keys()), config, new Map());
  const checked = profile ?? knownProfile(after) ?? knownProfile(base.connector) ?? 'verified';
  const changes = compareConnectors(versions.before, versions.after, {
    profile: checked,
    severityOf: ({ kind, pointer }) => settings.severity(kind) ?? settings.severityAt(kind, () => fromPointer(pointer)),
  });
  const reasonOf = ({ kind, pointer, breaking }: Change): string | undefined => {
    const setting = getOwn(asObject(getOwn(asObject(config), 'rules')), kind);
    const isMeant = settings.severity(kind) ?? settings.severityAt(kind, () => fromPointer(pointer));
    return isObject(setting) && isMeant !== undefined && !breaking ? asString(getOwn(setting, 'reason')) : undefined;
  };
  return { base: base.name, profile: checked, changes: place(changes, after, cwd, reasonOf) };
}

function place(
  changes: readonly Change[],
  after: Connector,
  cwd: string,
  reasonOf: (change: Change) => string | undefined,
): PlacedChange[] {
  const pointsOf = (name: Change['file']): Map<Change, { line: number; column: number }> => {
    const mine = changes.filter(({ file }) => file === name);
    const text = after[name]?.text ?? '';
    const points = linesAndColumns(
      text,
      locate(
        text,
        mine.map(({ pointer }) => fromPointer(pointer)),
      ),
    );
    return new Map(mine.map((change, index) => [change, points[index] ?? { line: 1, column: 1 }]));
  };
  const points = new Map([...pointsOf('definition'), ...pointsOf('properties')]);
  return changes.map((change) => ({
    ...change,
    ...(points.get(change) ?? { line: 1, column: 1 }),
    file: shownSource(after[change.file]?.path ?? '', cwd),
    reason: reasonOf(change),
  }));
}

/** The profile that the connector names; undefined when nothing tells it: then the strict one is the safe one. */
function knownProfile(connector: Connector): Profile | undefined {
  const found = profileOf(connector);
  if (found !== 'custom') return found;
  const { root } = connector.location;
  const isNamed = [basename(root), basename(dirname(root))].includes('custom-connectors');
  return isNamed || getOwn(configurationOf(connector), 'profile') === 'custom' ? 'custom' : undefined;
}

/** @throws UserError when there is no definition that can be read */
export function versionOf({ definition, properties, location }: Connector, cwd: string): Version {
  if (definition === undefined) {
    throw noConnector(location.root, 'give the folder of a connector, or its definition', {
      what: 'there is no definition here',
      all: 'pp-connector diff --all',
      cwd,
    });
  }
  return {
    definition: requireSwagger(definition, shownSource(definition.path, cwd)),
    properties: properties && requireReliable(properties, shownSource(properties.path, cwd)),
  };
}
