import { useState } from 'preact/hooks';
import { counted } from '../../counted.ts';
import type { Home, PlacedFinding } from '../placed-finding.ts';
import { useShared } from './context.ts';
import { requestFix } from './store.ts';

interface PlaceProps {
  file?: 'definition' | 'properties';
  pointer: string;
  /** With the name of the file, where a view speaks of several. */
  full?: boolean;
}

/** The line of something in a file, and a link into the editor where there is one. */
export function Place({ file = 'definition', pointer, full = false }: PlaceProps) {
  const { state } = useShared();
  const { file: shown, absolute, at } = state.places[file];
  const [line, column] = at[pointer] ?? [1, 1];
  if (shown === '') return null;
  return <PlaceAt {...{ shown, absolute, line, column, full }} />;
}

export function PlaceAt({
  shown,
  absolute,
  line,
  column,
  full,
}: {
  shown: string;
  absolute: string;
  line: number;
  column: number;
  full: boolean;
}) {
  const text = `${shown}:${line}`;
  const name = shown.slice(Math.max(shown.lastIndexOf('/'), shown.lastIndexOf('\\')) + 1);
  const words = full ? (
    `${name}:${line}`
  ) : (
    <>
      line {line}
      <span class="hidden"> of {name}</span>
    </>
  );
  if (absolute === '')
    return (
      <code class="place" title={text}>
        {words}
      </code>
    );
  return (
    <a class="place" href={editorLink(absolute, line, column)} title={`${text}: open in Visual Studio Code`}>
      {words}
    </a>
  );
}

/** Windows paths begin with a drive. */
export function editorLink(absolute: string, line: number, column: number): string {
  const path = absolute.replaceAll('\\', '/');
  const encoded = path
    .split('/')
    .map((part, index) => (index === 0 && /^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part)))
    .join('/');
  return `vscode://file${encoded.startsWith('/') ? '' : '/'}${encoded}:${line}:${column}`;
}

export const isAt = (home: Home, wanted: Home): boolean =>
  Object.entries(wanted).every(([key, value]) => (home as Record<string, unknown>)[key] === value);

/** The findings that are at home in one place, with their numbers. */
export function findingsAt(findings: readonly PlacedFinding[], home: Home): [number, PlacedFinding][] {
  return findings.flatMap((finding, index): [number, PlacedFinding][] =>
    isAt(finding.home, home) ? [[index, finding]] : [],
  );
}

const severities: readonly string[] = ['error', 'warning', 'info'];

const rankOf = ({ severity }: PlacedFinding): number => severities.indexOf(severity);

/** How many, in the colour of the worst. */
export function Amount({ findings }: { findings: readonly PlacedFinding[] }) {
  if (findings.length === 0) return null;
  const worst = severities[Math.min(...findings.map(rankOf))] ?? 'info';
  return (
    <span class={`amount ${worst}`} title={`${counted(findings.length, 'finding')}, the worst: ${worst}`}>
      {findings.length}
      <span class="hidden">
        {' '}
        {findings.length === 1 ? 'finding' : 'findings'}, the worst: {worst}
      </span>
    </span>
  );
}

export function Findings({ home }: { home: Home }) {
  const { state } = useShared();
  const list = findingsAt(state.model.findings, home).sort(([, a], [, b]) => rankOf(a) - rankOf(b));
  if (list.length === 0) return null;
  return (
    <ul class="findings" aria-label="Findings">
      {list.map(([index, finding], at) => (
        <FindingItem
          key={`${finding.rule} ${finding.pointer} ${index}`}
          index={index}
          finding={finding}
          isRepeated={list[at - 1]?.[1].rule === finding.rule}
        />
      ))}
    </ul>
  );
}

interface ItemProps {
  index: number;
  finding: PlacedFinding;
  /** The one above says what to do. */
  isRepeated: boolean;
}

function FindingItem({ index, finding, isRepeated }: ItemProps) {
  const { state } = useShared();
  const rule = state.rules[finding.rule];
  const isOfDefinition = finding.file === state.places.definition.file;
  const absolute = isOfDefinition
    ? state.places.definition.absolute
    : finding.file === state.places.properties.file
      ? state.places.properties.absolute
      : '';
  return (
    <li class={`finding ${finding.severity}`} data-finding={index} data-rule={finding.rule}>
      <p class="message">
        <span class="severity">{finding.severity}</span> {finding.message}
      </p>
      {rule !== undefined && !isRepeated && <p class="remedy">{rule.remedy}</p>}
      <p class="about">
        <code>{finding.rule}</code>{' '}
        <PlaceAt shown={finding.file} absolute={absolute} line={finding.line} column={finding.column} full />
        {finding.fixable && !state.isStatic && <FixButton index={index} rule={finding.rule} />}
      </p>
    </li>
  );
}

function FixButton({ index, rule }: { index: number; rule: string }) {
  const { state, announce } = useShared();
  const [isBusy, setBusy] = useState(false);
  const apply = async (): Promise<void> => {
    setBusy(true);
    try {
      announce((await requestFix(state.stamp, index)).message);
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <button type="button" class="fix" disabled={isBusy} onClick={apply} aria-label={`Apply the fix of ${rule}`}>
      Apply the fix
    </button>
  );
}

/** What of a shared definition is shown in another operation. */
export function ShownElsewhere({ operation }: { operation: string }) {
  const { state } = useShared();
  const others = new Map<string, number>();
  for (const { home, alsoIn } of state.model.findings) {
    if (home.in === 'operation' && alsoIn.includes(operation))
      others.set(home.operation, (others.get(home.operation) ?? 0) + 1);
  }
  if (others.size === 0) return null;
  return (
    <p class="elsewhere">
      Findings of definitions that it shares:{' '}
      {[...others].map(([pointer, amount], index) => {
        const id = state.model.operations.find((other) => other.pointer === pointer)?.id ?? pointer;
        return (
          <span key={pointer}>
            {index > 0 && ', '}
            <a href={`#operation=${encodeURIComponent(pointer)}`}>
              {amount} in {id}
            </a>
          </span>
        );
      })}
    </p>
  );
}
