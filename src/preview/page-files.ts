import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../templates.ts';
import type { PageState } from './page-state.ts';

/** The page itself: built by scripts/build.mjs into files of its own, which only a preview reads. */

export const pageFile = (name: 'page.js' | 'page.css'): string =>
  readFileSync(join(packageRoot, 'dist', 'preview', name), 'utf8');

const head = (policy: string, title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
`;

const body = '</head>\n<body>\n<div id="app"><p>This page needs JavaScript.</p></div>\n';

/** Of the server: everything comes from it, and nothing else is allowed. */
export const serverPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

export const serverPage = (): string =>
  `${head(serverPolicy, 'Preview')}<link rel="stylesheet" href="page.css">\n${body}<script src="page.js"></script>\n</body>\n</html>\n`;

/** One file with everything in it; only its own script and styles are allowed to run. */
export function staticPage(state: PageState): string {
  const [script, styles] = [pageFile('page.js').replaceAll('</script', '<\\/script'), pageFile('page.css')];
  const policy = `default-src 'none'; script-src ${digestOf(script)}; style-src ${digestOf(styles)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const title = `${state.model.connector.title || 'Connector'} – preview`;
  return (
    `${head(policy, escaped(title))}<style>${styles}</style>\n${body}` +
    `<script type="application/json" id="state">${inScript(state)}</script>\n<script>${script}</script>\n</body>\n</html>\n`
  );
}

const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** JSON that can't end the element that it is in. */
const inScript = (state: PageState): string =>
  JSON.stringify(state).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
