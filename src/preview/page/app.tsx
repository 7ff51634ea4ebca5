import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { counted } from '../../counted.ts';
import type { PageState } from '../page-state.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { AgentView } from './agent-view.tsx';
import { ChangesView } from './changes-view.tsx';
import { ConnectionView } from './connection-view.tsx';
import { ConnectorView } from './connector-view.tsx';
import { type Shared, SharedContext, useShared } from './context.ts';
import { Amount } from './findings.tsx';
import { OperationList } from './operation-list.tsx';
import { OperationView, Tile } from './operation-view.tsx';
import { PowerAppsView } from './power-apps-view.tsx';
import type { Source } from './store.ts';

/** `#connection`, or `#operation=POINTER`. */
function readHash(): { view: string; operation: string } {
  const [view = '', operation = ''] = location.hash.slice(1).split('=');
  return { view: view || 'operation', operation: decodeText(operation) };
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Milliseconds that a message stays. */
const sayingTime = 8000;

export function App({ source, first }: { source: Source; first: PageState }) {
  const [state, setState] = useState(first);
  const [isThere, setThere] = useState(true);
  const [place, setPlace] = useState(readHash);
  const [search, setSearch] = useState('');
  const [said, setSaid] = useState('');
  const [, setDrawn] = useState(0);
  const kept = useRef<Pick<Shared, 'values' | 'files' | 'answers'>>({
    values: new Map(),
    files: new Map(),
    answers: new Map(),
  });

  useUpdates(source, { setState, setThere, setPlace });
  useFocusOnChange(place);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), sayingTime);
    return () => clearTimeout(timer);
  }, [said]);

  const shared: Shared = {
    state,
    announce: setSaid,
    ...kept.current,
    redraw: () => setDrawn((drawn) => drawn + 1),
  };
  const { operations } = state.model;
  const selected = useMemo(
    () => operations.find(({ pointer }) => pointer === place.operation) ?? operations[0],
    [operations, place.operation],
  );
  return (
    <SharedContext.Provider value={shared}>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <TopBar view={place.view} />
      <Bands isThere={isThere} />
      <p class="said" role="status">
        {said}
      </p>
      <div class={place.view === 'operation' ? 'columns' : 'single'}>
        {place.view === 'operation' && (
          <OperationList selected={selected?.pointer ?? ''} search={search} onSearch={setSearch} />
        )}
        <main id="main" tabIndex={-1}>
          <View view={place.view} selected={selected} against={state.against} />
        </main>
      </div>
    </SharedContext.Provider>
  );
}

interface Setters {
  setState: (state: PageState) => void;
  setThere: (isThere: boolean) => void;
  setPlace: (place: ReturnType<typeof readHash>) => void;
}

/** Follows the server, and the address. */
function useUpdates(source: Source, { setState, setThere, setPlace }: Setters): void {
  useEffect(() => {
    const load = (): void => {
      source.state().then(setState, () => setThere(false));
    };
    source.follow(load, (connected) => {
      setThere(connected);
      if (connected) load();
    });
    // the link that skips to the content is no view
    const onHash = (): void => {
      if (location.hash !== '#main') setPlace(readHash());
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, [source, setState, setThere, setPlace]);
}

function Bands({ isThere }: { isThere: boolean }) {
  const { state } = useShared();
  return (
    <>
      {state.trouble !== null && (
        <p class="band" role="alert">
          <strong>{state.trouble.message}.</strong>{' '}
          {state.trouble.shown === 'last' ? 'The last state that could be read is shown.' : 'Everything else is shown.'}
          {state.trouble.hint !== '' && <span class="hint">{state.trouble.hint}</span>}
        </p>
      )}
      {!isThere && (
        <p class="band" role="alert">
          The preview has been stopped. Start it again to see changes: pp-connector preview
        </p>
      )}
    </>
  );
}

/** Another view begins at its heading, also for screen readers; not the first one. */
function useFocusOnChange({ view, operation }: { view: string; operation: string }): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    document.querySelector<HTMLElement>('main h1')?.focus();
    scrollTo(0, 0);
  }, [view, operation]);
}

function View({
  view,
  selected,
  against,
}: {
  view: string;
  selected: PageState['model']['operations'][number] | undefined;
  against: PageState['against'];
}) {
  switch (view) {
    case 'connection':
      return <ConnectionView />;
    case 'agent':
      return <AgentView />;
    case 'power-apps':
      return <PowerAppsView />;
    case 'connector':
      return <ConnectorView />;
    case 'changes':
      return against === null ? <ConnectorView /> : <ChangesView against={against} />;
    default:
      return selected === undefined ? <NoOperation /> : <OperationView key={selected.pointer} operation={selected} />;
  }
}

function NoOperation() {
  const { state } = useShared();
  return (
    <>
      <h1 tabIndex={-1}>Nothing to show yet</h1>
      {state.trouble === null ? (
        <p>
          The definition has no operation. This adds one: <code>pp-connector operation</code>
        </p>
      ) : (
        <p>Operations are shown as soon as the definition can be read: this page follows the file.</p>
      )}
    </>
  );
}

const severities = ['error', 'warning', 'info'] as const;

function TopBar({ view }: { view: string }) {
  const { state } = useShared();
  const { connector, counts, findings } = state.model;
  const at = (where: string): PlacedFinding[] => findings.filter(({ home }) => home.in === where);
  const tabs: [name: string, label: string, findings: PlacedFinding[]][] = [
    ['operation', 'Operations', at('operation')],
    ['connection', 'Connection', at('connection')],
    ['agent', 'Agents', []],
    ['power-apps', 'Power Apps', []],
    ['connector', 'Connector', at('connector')],
  ];
  if (state.against !== null) tabs.push(['changes', 'Changes', []]);
  return (
    <header class="top">
      <div class="title">
        <Tile small />
        <strong>{connector.title || 'Connector'}</strong>
        <span class="counts">
          {severities
            .filter((severity) => counts[severity] > 0)
            .map((severity) => (
              <span key={severity} class={severity}>
                {counted(counts[severity], severity)}
              </span>
            ))}
          {findings.length === 0 && 'No findings'}
        </span>
      </div>
      <nav aria-label="Views">
        {tabs.map(([name, label, there]) => (
          <a key={name} href={`#${name}`} aria-current={view === name ? 'page' : undefined}>
            {label}
            <Amount findings={there} />
          </a>
        ))}
        <ThemeButton />
      </nav>
    </header>
  );
}

const darkScreen = matchMedia('(prefers-color-scheme: dark)');

function ThemeButton() {
  const [isDark, setDark] = useState(darkScreen.matches);
  useEffect(() => {
    const follow = (): void => {
      if (document.documentElement.dataset.theme === undefined) setDark(darkScreen.matches);
    };
    darkScreen.addEventListener('change', follow);
    return () => darkScreen.removeEventListener('change', follow);
  }, []);
  const toggle = (): void => {
    document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
    setDark(!isDark);
  };
  return (
    <button type="button" class="quiet theme" onClick={toggle}>
      {isDark ? 'Light colours' : 'Dark colours'}
    </button>
  );
}
