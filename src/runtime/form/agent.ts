import type { AgentTool, FormField, FormOperation } from './form-model.ts';

/** An action as a tool that an agent chooses and fills in: docs/reference/runtime.md#copilot-studio. */

/** What makes a tool hard to call, and what to do about it. */
export const agentProblems = {
  'no-description': 'An agent chooses a tool by its description: say what it does, and when to use it.',
  'short-description': 'A few words don’t tell an agent when to use it: write a sentence of what it does and for what.',
  'description-repeats-summary':
    'The description says no more than the name: add what it needs and what it gives back.',
  'same-name': 'Another tool has the same name: an agent can’t tell them apart.',
  'same-description': 'Another tool has the same description: an agent can’t tell them apart.',
  'input-without-description': 'The description of an input is the prompt that it is filled by; an input has none.',
  'many-inputs':
    'More than ten inputs: agents fill fewer, more surely. Make those that hardly anybody needs advanced or internal.',
  'object-input': 'An object as an input is hard to fill in: give its parts as properties.',
  'list-input': 'A list as an input is hard to fill in: say in its description what an element is, with an example.',
  'file-input': 'A file as an input can’t be made up from a conversation.',
  'dynamic-input': 'Fields that are known only at run time can’t be described to an agent.',
  'choice-without-values':
    'An input takes ids that only a drop-down knows: say in its description which action finds them.',
  'large-tool':
    'Its texts take more than 500 tokens of the agent’s context: shorten descriptions, or leave inputs out.',
  deprecated: 'It is deprecated, and still offered to agents: make it internal once nothing uses it.',
} as const;

type Problem = keyof typeof agentProblems;

const bytesPerToken = 4;
/** A tool costs about so many, as practice of 2026 has it. */
const usualTokens = 500;

/** @param operations all of a connector; a tool is made of every visible action */
export function agentToolsOf(operations: readonly FormOperation[]): AgentTool[] {
  const tools = operations
    .filter(({ kind }) => kind === 'action')
    .map((operation) => ({ operation, tool: toolOf(operation) }));
  const names = counts(tools.map(({ tool }) => tool.name));
  const descriptions = counts(tools.map(({ tool }) => tool.description));
  return tools.map(({ operation, tool }) => ({
    ...tool,
    problems: [
      ...problemsOf(operation, tool),
      ...((names.get(tool.name.toLowerCase()) ?? 0) > 1 ? (['same-name'] as const) : []),
      ...(tool.description !== '' && (descriptions.get(tool.description.toLowerCase()) ?? 0) > 1
        ? (['same-description'] as const)
        : []),
    ],
  }));
}

function counts(texts: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const text of texts) found.set(text.toLowerCase(), (found.get(text.toLowerCase()) ?? 0) + 1);
  return found;
}

function toolOf({ id, summary, description, fields }: FormOperation): AgentTool {
  const tool = {
    operationId: id,
    name: summary || id,
    description,
    inputs: fields.map(({ key, label, placeholder, type, required }) => ({
      key,
      label,
      description: placeholder,
      type,
      required,
    })),
  };
  return { ...tool, problems: [], tokens: Math.ceil(Buffer.byteLength(JSON.stringify(tool)) / bytesPerToken) };
}

function problemsOf({ fields, deprecated }: FormOperation, { name, description, tokens }: AgentTool): Problem[] {
  const plain = (text: string): string => text.trim().replace(/\.$/, '').toLowerCase();
  const has = (editor: FormField['editor']): boolean => fields.some((field) => field.editor === editor);
  const isBlind = ({ editor, dynamic, placeholder }: FormField): boolean =>
    (editor === 'combobox' || editor === 'tree') && dynamic !== null && placeholder.length < 40;
  const found: [Problem, boolean][] = [
    ['no-description', description.trim() === ''],
    ['description-repeats-summary', description.trim() !== '' && plain(description) === plain(name)],
    [
      'short-description',
      description.trim() !== '' && plain(description) !== plain(name) && description.trim().length < 30,
    ],
    ['input-without-description', fields.some(({ placeholder }) => placeholder.trim() === '')],
    ['many-inputs', fields.length > 10],
    ['object-input', has('object') || has('dictionary')],
    ['list-input', has('array')],
    ['file-input', has('file')],
    ['dynamic-input', has('dynamic')],
    ['choice-without-values', fields.some(isBlind)],
    ['large-tool', tokens > usualTokens],
    ['deprecated', deprecated],
  ];
  return found.flatMap(([problem, isThere]) => (isThere ? [problem] : []));
}
