import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Connector, filesOf } from '../connector/load.ts';
import type { Severity } from '../connector/profile.ts';
import { decode } from '../connector/source-file.ts';
import { rulePageAddress } from '../homepage.ts';
import type { Finding } from '../rules/engine/run.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Says which tool a diagnostic is from. */
export const source = 'pp-connector';

/** Diagnostics of one file: above those of any published connector; each costs every editor something, and VS Code shows 1,000. */
const most = 20_000;

const order = Object.keys(severities);

/**
 * The findings of a connector by file; of a file that has very many the worst ones, and how many more there are.
 *
 * @returns absolute path → diagnostics, with an empty list for files without findings
 */
export function diagnosticsOf(connector: Connector, findings: readonly Finding[]): Map<string, Diagnostic[]> {
  const byFile = new Map<string, Finding[]>(filesOf(connector).map(({ path }) => [path, []]));
  for (const finding of findings) {
    const list = byFile.get(finding.file) ?? [];
    byFile.set(finding.file, list);
    list.push(finding);
  }
  const texts = new Map(filesOf(connector).map((file) => [file.path, file]));
  return new Map(
    [...byFile].map(([path, found]) => {
      const file = texts.get(path);
      const isText = file !== undefined && file.role !== 'icon' && found.length > 0;
      const document = isText ? TextDocument.create(path, '', 0, decode(file).text) : undefined;
      return [path, withinMost(found, document)];
    }),
  );
}

function withinMost(findings: readonly Finding[], document: TextDocument | undefined): Diagnostic[] {
  if (findings.length <= most) return findings.map((finding) => toDiagnostic(finding, document));
  const worst = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)).slice(0, most);
  const more = findings.length - most;
  return [
    atStart(`${more} more findings are not shown here; all of them: pp-connector validate --verbose`),
    ...worst.map((finding) => toDiagnostic(finding, document)),
  ];
}

/** Something about a whole file that is no finding of a rule. */
export function atStart(message: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: DiagnosticSeverity.Information, source, message };
}

function toDiagnostic(finding: Finding, document: TextDocument | undefined): Diagnostic {
  return {
    range: rangeOfFinding(finding, document),
    severity: severities[finding.severity],
    code: finding.rule,
    codeDescription: { href: rulePageAddress(finding.rule) },
    source,
    message: finding.message,
    data: { pointer: finding.pointer, fixable: finding.fixes.length > 0 },
  };
}

/** From where the finding is to the end of the key, text or number there; of an object or a list its first character. */
function rangeOfFinding({ line, column }: Finding, document: TextDocument | undefined): Range {
  const start = { line: line - 1, character: column - 1 };
  if (document === undefined) return { start, end: start };
  const rest = document.getText({ start, end: { line: line + 1, character: 0 } });
  const token = /^(?:"(?:[^"\\\n]|\\.)*"?|[\w.+-]+)/.exec(rest)?.[0].length ?? 1;
  return { start, end: { line: line - 1, character: column - 1 + token } };
}
