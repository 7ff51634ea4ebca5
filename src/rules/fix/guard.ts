import type { Connector } from '../../connector/load.ts';
import type { Finding } from '../engine/run.ts';

/** Something that flows, apps or connections would notice of fixes: they stop working. */
export interface Stop {
  /** Kind of change: a rule of the chapter on breaking changes. */
  kind: string;
  file: 'definition' | 'properties';
  /** In the connector with the fixes. */
  pointer: string;
  message: string;
}

/** What stops by changing one version of a connector into another one. */
export type FindStops = (before: Connector, after: Connector) => Stop[];

/** Keeps findings whose fixes would stop something from being fixed. */
export class Guard {
  private readonly findStops: FindStops;
  private readonly kept = new Map<string, Finding>();

  constructor(findStops: FindStops) {
    this.findStops = findStops;
  }

  /** Findings that must not be fixed, so far. */
  get held(): Finding[] {
    return [...this.kept.values()];
  }

  isFree = (finding: Finding): boolean => !this.kept.has(keyOf(finding));

  stops = (before: Connector, after: Connector): Stop[] => this.findStops(before, after);

  hold(findings: readonly Finding[]): void {
    for (const finding of findings) this.kept.set(keyOf(finding), finding);
  }
}

const keyOf = ({ rule, file, pointer }: Finding): string => JSON.stringify([rule, file, pointer]);

/** The findings with a fix at or around the place of something that stops, or inside it. */
export function suspects(findings: readonly Finding[], stops: readonly Stop[]): Finding[] {
  return findings.filter(({ fixes }) =>
    fixes.some((fix) => {
      if (!('at' in fix)) return false;
      const pointer = fix.at.pointer();
      return stops.some((stop) => stop.file === fix.at.file.role && isRelated(pointer, stop.pointer));
    }),
  );
}

const isRelated = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
