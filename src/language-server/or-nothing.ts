import { isTooDeep } from '../system-error.ts';

/**
 * A handler that has no answer to what is nested beyond any recursion, instead of an error that editors show with every
 * move of the cursor; the diagnostics of the file say what is wrong with it.
 */
export const orNothing =
  <Params, Answer, Nothing>(answer: (params: Params) => Answer | Promise<Answer>, nothing: Nothing) =>
  async (params: Params): Promise<Answer | Nothing> => {
    try {
      return await answer(params);
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      return nothing;
    }
  };
