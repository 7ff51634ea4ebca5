import { useMemo } from 'preact/hooks';
import { counted } from '../../counted.ts';
import type { FormOperation } from '../../runtime/form/form-model.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { useShared } from './context.ts';
import { Amount } from './findings.tsx';

/** The operations in the designer's order, with a search. */

const groups: readonly (readonly [string, (operation: FormOperation) => boolean])[] = [
  ['Triggers', ({ kind }) => kind === 'trigger'],
  ['Actions', ({ kind }) => kind === 'action'],
  ['Internal: never offered to makers', ({ kind }) => kind === 'internal'],
];

interface ListProps {
  selected: string;
  search: string;
  onSearch: (text: string) => void;
}

export function OperationList({ selected, search, onSearch }: ListProps) {
  const { state } = useShared();
  const { operations, findings } = state.model;
  const found = operations.filter((operation) => matches(operation, search));
  const ofOperations = useMemo(() => {
    const byOperation = new Map<string, PlacedFinding[]>();
    for (const finding of findings) {
      if (finding.home.in !== 'operation') continue;
      byOperation.set(finding.home.operation, [...(byOperation.get(finding.home.operation) ?? []), finding]);
    }
    return byOperation;
  }, [findings]);
  return (
    <nav class="operations" aria-label="Operations">
      <label class="search">
        <span>Search operations</span>
        <input
          id="search"
          type="search"
          value={search}
          placeholder="Name, id or description"
          onInput={(event) => onSearch(event.currentTarget.value)}
        />
      </label>
      <p class="note" role="status">
        {found.length === operations.length
          ? counted(operations.length, 'operation')
          : `${found.length} of ${operations.length} operations`}
      </p>
      {groups.map(([title, belongs]) => {
        const list = found.filter(belongs);
        if (list.length === 0) return null;
        return (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul onKeyDown={moveByArrows}>
              {list.map((operation) => (
                <li key={operation.pointer}>
                  <Entry
                    operation={operation}
                    isSelected={operation.pointer === selected}
                    findings={ofOperations.get(operation.pointer) ?? []}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

const matches = ({ id, summary, description }: FormOperation, search: string): boolean =>
  `${id} ${summary} ${description}`.toLowerCase().includes(search.trim().toLowerCase());

/** From link to link, also with arrows. */
function moveByArrows(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...document.querySelectorAll<HTMLElement>('nav.operations a')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

interface EntryProps {
  operation: FormOperation;
  isSelected: boolean;
  findings: readonly PlacedFinding[];
}

function Entry({ operation, isSelected, findings }: EntryProps) {
  const { id, summary, pointer } = operation;
  return (
    <a href={`#operation=${encodeURIComponent(pointer)}`} aria-current={isSelected ? 'page' : undefined}>
      <span class="name">{summary || id}</span>
      <span class="id">{id}</span>
      <Badges operation={operation} />
      <Amount findings={findings} />
    </a>
  );
}

export function Badges({ operation: { badge, deprecated, group } }: { operation: FormOperation }) {
  return (
    <>
      {badge !== null && <span class="badge preview">Preview</span>}
      {deprecated && <span class="badge deprecated">Deprecated</span>}
      {group === 'important' && <span class="badge">Important</span>}
      {group === 'advanced' && <span class="badge">Advanced</span>}
    </>
  );
}
