import type { Severity } from '../../connector/profile.ts';
import { onOneLine } from '../../shown.ts';
import { type ConnectorReport, formatOf, type StartReport } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { Tally } from './tally.ts';
import { fixHint, hiddenCount, totalsText } from './words.ts';

const codes = { red: 31, yellow: 33, cyan: 36, green: 32, dim: 2, underline: 4 } as const;
type Paint = (style: keyof typeof codes, text: string) => string;

const styleOf = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  keyof typeof codes
>;

/** A rule that speaks more often than this in a connector has one line, with the number of the others. */
const mostOfOneRule = 5;

/**
 * For people at a terminal: by severity, the errors last, where they can be seen; then by file, one line per finding; what
 * can be fixed, and a total. Infos, and what one rule says many times, are counted unless everything is asked for.
 */
export const startStylish: StartReport = ({ color, verbose = false, restBy = '--max-findings' }) => {
  const paint: Paint = (style, text) => (color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
  const tally = new Tally();
  let left = 0;
  return {
    add(connector) {
      tally.add(connector);
      const shown = verbose ? all(connector) : most(connector);
      left += connector.findings.length - shown.length;
      const blocks = connectorBlocks(connector, shown, { paint, restBy });
      return [blocks.map((block) => `${block}\n`).join('')];
    },
    end() {
      const { error, warning, info } = tally.counts;
      const style = error + tally.notJudged > 0 ? 'red' : warning + info > 0 ? 'yellow' : 'green';
      const rest = left === 0 ? [] : [`${left} of them not shown: pp-connector validate --verbose`];
      const hint = fixHint(tally);
      return [paint(style, totalsText(tally)), ...rest, ...(hint === undefined ? [] : [hint])].map(
        (line) => `${line}\n`,
      );
    },
  };
};

export const stylish = formatOf(startStylish);

/** A finding, and how many more of its rule are not shown. */
interface Shown {
  finding: Finding;
  more: number;
}

const all = ({ findings }: ConnectorReport): Shown[] => findings.map((finding) => ({ finding, more: 0 }));

function most({ findings }: ConnectorReport): Shown[] {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const seen = new Set<string>();
  return findings.flatMap((finding) => {
    const count = counts.get(finding.rule) ?? 0;
    const isRest = count > mostOfOneRule && seen.has(finding.rule);
    seen.add(finding.rule);
    if (finding.severity === 'info' || isRest) return [];
    return [{ finding, more: count > mostOfOneRule ? count - 1 : 0 }];
  });
}

function connectorBlocks(
  connector: ConnectorReport,
  shown: readonly Shown[],
  { paint, restBy }: { paint: Paint; restBy: string },
): string[] {
  const blocks = (['info', 'warning', 'error'] as const).flatMap((severity) => {
    const byFile = new Map<string, Shown[]>();
    for (const each of shown) {
      if (each.finding.severity !== severity) continue;
      const { file } = each.finding;
      const list = byFile.get(file);
      if (list === undefined) byFile.set(file, [each]);
      else list.push(each);
    }
    return [...byFile].map(([file, list]) => `${paint('underline', onOneLine(file))}\n${fileLines(list, paint)}`);
  });
  const hidden = hiddenCount(connector);
  if (hidden === 0) return blocks;
  const note = `${onOneLine(connector.path)}: ${hidden} more not shown (${restBy})`;
  return [...blocks, `${paint('dim', note)}\n`];
}

function fileLines(list: readonly Shown[], paint: Paint): string {
  const places = list.map(({ finding: { line, column } }) => `${line}:${column}`);
  const width = places.reduce((longest, place) => Math.max(longest, place.length), 0);
  const lines = list.map(({ finding: { severity, message, rule, official }, more }, index) => {
    const place = (places[index] ?? '').padStart(width);
    const name = official === undefined ? rule : `${rule} (${official})`;
    const others = more === 0 ? '' : paint('dim', `  and ${more} more of this rule`);
    return `  ${paint('dim', place)}  ${paint(styleOf[severity], severity.padEnd(7))}  ${onOneLine(message)}  ${paint('dim', name)}${others}`;
  });
  return `${lines.join('\n')}\n`;
}
