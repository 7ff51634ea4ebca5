import type { Migration } from '../update/migration.ts';

const added = ['/package/', '*.bak', '.pp-connector.*.json'] as const;

export const ignoreFiles: Migration = {
  id: 'ignore-files',
  since: '0.2.0',
  summary: '.gitignore names what the new commands make',
  apply(draft) {
    const text = draft.text('.gitignore');
    if (text === undefined) return [];
    const known = new Set(text.split(/\r?\n/).map((line) => line.trim()));
    const missing = added.filter((line) => !known.has(line));
    if (missing.length === 0) return [];
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const start = text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
    draft.edit('.gitignore', `${start}${missing.map((line) => `${line}${eol}`).join('')}`);
    return [];
  },
};
