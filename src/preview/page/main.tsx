import { render } from 'preact';
import { App } from './app.tsx';
import { openSource } from './store.ts';

/** The page of `pp-connector preview`, at a server or in a file of its own. */
async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (root === null) return;
  const source = openSource();
  const first = await source.state();
  document.title = `${first.model.connector.title || 'Connector'} – preview`;
  root.textContent = '';
  render(<App source={source} first={first} />, root);
  document.documentElement.dataset.ready = 'true';
}

start().catch((error: unknown) => {
  const root = document.getElementById('app');
  if (root !== null) root.textContent = error instanceof Error ? error.message : String(error);
});
