/** What of Yeoman's adapter is needed here; that of another version of `yo` may not have it. */
interface Adapter {
  actualAdapter?: Adapter;
  promptModule?: PromptModule;
}

interface PromptModule {
  prompts?: Readonly<Record<string, unknown>>;
  registerPrompt?: (name: string, prompt: unknown) => unknown;
}

const promptModuleOf = (adapter: unknown): PromptModule => {
  const { actualAdapter, promptModule } = adapter as Adapter;
  return actualAdapter?.promptModule ?? promptModule ?? {};
};

/** `yo` 5 has prompts that are made otherwise. */
const isOld = ({ prompts }: PromptModule): boolean => prompts !== undefined && !('select' in prompts);

/**
 * Makes our own prompts known to Yeoman; they are read when somebody is asked.
 *
 * @param adapter that of the environment
 * @returns whether this version of it can do that
 */
export async function registerPrompts(adapter: unknown): Promise<boolean> {
  const module = promptModuleOf(adapter);
  if (module.registerPrompt === undefined || isOld(module)) return false;
  const [{ partPrompt }, { pastePrompt }] = await Promise.all([
    import('../src/repository/questions/part-prompt.ts'),
    import('../src/repository/questions/paste-prompt.ts'),
  ]);
  module.registerPrompt('part', partPrompt);
  module.registerPrompt('paste', pastePrompt);
  return true;
}

/** A question as this version of Yeoman knows it: one of the choices of a list was once the type `list`. */
export function asKnown<Q extends { type?: unknown }>(question: Q, adapter: unknown): Q {
  return question.type === 'select' && isOld(promptModuleOf(adapter)) ? { ...question, type: 'list' } : question;
}
