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

/**
 * The findings of a connector by file.
 *
 * @returns absolute path → diagnostics, with an empty list for files without findings
 */
export function diagnosticsOf(connector: Connector, findings: readonly Finding[]): Map<string, Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>(filesOf(connector).map(({ path }) => [path, []]));
  const texts = new Map(filesOf(connector).map((file) => [file.path, file]));
  const documents = new Map<string, TextDocument>();
  for (const finding of findings) {
    const file = texts.get(finding.file);
    let document = documents.get(finding.file);
    if (document === undefined && file !== undefined && file.role !== 'icon') {
      document = TextDocument.create(finding.file, '', 0, decode(file).text);
      documents.set(finding.file, document);
    }
    const list = byFile.get(finding.file) ?? [];
    byFile.set(finding.file, list);
    list.push(toDiagnostic(finding, document));
  }
  return byFile;
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
