import type { Questions } from './question.ts';

/** `readme` asks nothing: everything that it writes is in the connector already. */
export const readmeQuestions = {
  insert: {
    type: 'confirm',
    message: '',
    help: 'add the generated sections to documents that have none of them',
    flagOnly: true,
  },
} as const satisfies Questions;
