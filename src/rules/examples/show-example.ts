import type { Json } from '../../connector/json/value.ts';
import type { Example } from '../engine/rule.ts';

/** One file of an example, as it is shown. */
export interface ShownFile {
  /** Its name, and what is shown of it. */
  file: string;
  /** For highlighting: `json`, `csharp`, `markdown`, or none. */
  language: string;
  text: string;
}

const maxLines = 40;
const maxColumns = 160;

/** What an example changes in the clean connector; nothing for an example that is the clean connector itself. */
export function showExample(example: Omit<Example, 'name'>): ShownFile[] {
  const patches = [
    ['apiDefinition.json', example.definition],
    ['apiProperties.json', example.properties],
    ['settings.json', example.settings],
    ['config.json', example.config],
  ] as const;
  const shown = patches.flatMap(([file, patch]) => (patch === undefined ? [] : [shownPatch(file, patch)]));
  const files = Object.entries(example.files ?? {}).map(([file, content]) => shownFile(file, content));
  const folder = example.folder === undefined ? [] : [{ file: 'The folder', language: '', text: example.folder }];
  return [...folder, ...shown, ...files];
}

const shownPatch = (name: string, patch: Json): ShownFile => ({
  file: `${name}, the part that matters${hasNull(patch) ? ' (null: not there)' : ''}`,
  language: 'json',
  text: shortened(JSON.stringify(patch, null, 2)),
});

function shownFile(file: string, content: string | { base64: string } | null): ShownFile {
  if (content === null) return { file, language: '', text: '(no such file)' };
  if (typeof content !== 'string') {
    const { length } = Buffer.from(content.base64, 'base64');
    return { file, language: '', text: `(${length} bytes)` };
  }
  return { file, language: languageOf(file), text: content === '' ? '(empty)' : shortened(content) };
}

const languageOf = (file: string): string =>
  file.endsWith('.json') ? 'json' : /\.csx?$/.test(file) ? 'csharp' : file.endsWith('.md') ? 'markdown' : '';

const hasNull = (value: Json): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some((item) => hasNull(item)));

/** Examples of limits are as large as the limits: their beginning says enough. */
function shortened(text: string): string {
  const visible = text.replaceAll('\uFEFF', '');
  const lines = visible.trimEnd().split(/\r\n|[\n\r]/);
  const kept = lines
    .slice(0, maxLines)
    .map((line) => (line.length > maxColumns ? `${line.slice(0, maxColumns)}…` : line));
  const rest = lines.length - kept.length;
  return [...kept, ...(rest > 0 ? [`… ${rest} more lines`] : [])].join('\n');
}
