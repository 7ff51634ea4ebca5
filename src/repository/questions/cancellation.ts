import { Cancelled } from '../../errors.ts';

/** What the prompts of Inquirer reject with when somebody presses Ctrl-C, or when their signal is aborted. */
const refusals = new Set(['ExitPromptError', 'AbortPromptError', 'CancelPromptError']);

const showCursor = '\u001B[?25h';

/**
 * The answer to a question, unless nobody gives one: after Ctrl-C, or at the end of input (Ctrl-D), where a prompt
 * would wait for ever and the process end as if all had been done.
 *
 * @throws Cancelled
 */
export async function unlessCancelled<T>(answer: Promise<T>): Promise<T> {
  let giveUp = (): void => {};
  const endOfInput = new Promise<never>((_, reject) => {
    giveUp = () => {
      // the prompt is never finished, so that it doesn't tidy up
      process.stderr.write(`${process.stderr.isTTY ? showCursor : ''}\n`);
      reject(new Cancelled());
    };
  });
  // nothing is left that could bring an answer
  process.once('beforeExit', giveUp);
  try {
    return await Promise.race([answer, endOfInput]);
  } catch (error) {
    throw reworded(error);
  } finally {
    process.off('beforeExit', giveUp);
  }
}

/**
 * Makes a prompt's error a `Cancelled`, in place: Yeoman hands the object itself to whoever runs the generator, `yo`
 * too, before the one who asked gets it. Any other error stays as it is.
 */
export function reworded(error: unknown): unknown {
  if (error instanceof Error && refusals.has(error.name)) {
    const { name, message, code } = new Cancelled();
    Object.assign(error, { name, message, code, stack: message });
  }
  return error;
}
