import { countFindings, makeReport, type Report } from '../../rules/engine/report.ts';
import type { DiffReport, PlacedChange } from '../diff-report.ts';
import { ruleOfKind } from '../kinds.ts';
import { messageText } from './words.ts';

/** Changes as findings, for the formats that tools read: they have one shape for everything that a line may be marked with. */
export function asFindings(report: DiffReport): Report {
  const findings = report.changes.map(asFinding);
  return makeReport([
    { path: `since ${report.base}`, profile: report.profile, findings, counts: countFindings(findings) },
  ]);
}

function asFinding(change: PlacedChange) {
  const { kind, severity, file, pointer, line, column } = change;
  const { official } = ruleOfKind(kind);
  const place = { file, pointer, line, column };
  const finding = { rule: kind, severity, message: messageText(change), ...place, fixable: false, fixes: [] };
  return official === undefined ? finding : { ...finding, official };
}
