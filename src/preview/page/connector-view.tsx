import { counted } from '../../counted.ts';
import { useShared } from './context.ts';
import { Findings, Place } from './findings.tsx';
import { Tile } from './operation-view.tsx';
import { sources } from './sources.ts';

/** The connector as lists of connectors show it, and what is found outside of operations and connection. */
export function ConnectorView() {
  const { state } = useShared();
  const { connector, operations, counts, profile } = state.model;
  const amount = (kind: string): number => operations.filter((operation) => operation.kind === kind).length;
  const others = state.model.findings.filter(({ home }) => home.in === 'connector').length;
  return (
    <article aria-labelledby="connector-title">
      <section class="card-of-connector" aria-label="The connector in a list">
        <Tile />
        <div>
          <h1 id="connector-title" tabIndex={-1}>
            {connector.title || 'A connector without title'}
          </h1>
          <p>{connector.description || <em>No description</em>}</p>
          <p class="about">
            Colour <code>{connector.brandColor || 'none'}</code> · title and description <Place full pointer="/info" />{' '}
            · colour <Place full file="properties" pointer="/properties/iconBrandColor" />
          </p>
        </div>
      </section>
      <p>
        {counted(amount('trigger'), 'trigger')}, {counted(amount('action'), 'action')},{' '}
        {counted(amount('internal'), 'internal operation')}. By the rules of profile {profile}:{' '}
        {counted(counts.error, 'error')}, {counted(counts.warning, 'warning')}, {counted(counts.info, 'info')}.
      </p>
      <h2>Findings outside of operations and connection ({others})</h2>
      {others === 0 && <p class="note">None.</p>}
      <Findings home={{ in: 'connector' }} />
      <p class="source">{sources.tile}</p>
    </article>
  );
}
