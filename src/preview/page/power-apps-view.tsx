import { useShared } from './context.ts';
import { Place } from './findings.tsx';
import { sources } from './sources.ts';

/** The connector's actions as functions of Power Apps, with what IntelliSense says of them. */
export function PowerAppsView() {
  const { state } = useShared();
  const { powerApps, operations } = state.model;
  return (
    <article aria-labelledby="apps-title">
      <h1 id="apps-title" tabIndex={-1}>
        Functions in Power Apps
      </h1>
      {powerApps.length === 0 && <p class="note">It has no action that an app could call.</p>}
      {powerApps.map((item, index) => {
        const operation = operations.find(({ id }) => id === item.operationId);
        return (
          <section class="function" key={`${item.operationId} ${index}`} aria-label={item.name}>
            <h2>{item.name}</h2>
            <pre tabIndex={0}>{item.signature}</pre>
            <p>
              {item.description || <em>No description</em>}{' '}
              {item.deprecated && <span class="badge deprecated">Deprecated</span>}
            </p>
            {operation !== undefined && (
              <p class="about">
                <Place pointer={operation.pointer} /> ·{' '}
                <a href={`#operation=${encodeURIComponent(operation.pointer)}`}>Open {operation.id}</a>
              </p>
            )}
            {item.arguments.length > 0 && (
              <dl>
                {item.arguments.map(({ name, type, required, description }) => (
                  <div key={name}>
                    <dt>
                      {name} <code>{type}</code> {required ? '' : <span class="badge">optional</span>}
                    </dt>
                    <dd>{description || <em>No text</em>}</dd>
                  </div>
                ))}
              </dl>
            )}
          </section>
        );
      })}
      <p class="source">{sources.powerApps}</p>
    </article>
  );
}
