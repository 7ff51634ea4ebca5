/** Answers of people, flags and files, by the name of the question. */
export type Answer = string | string[] | boolean;
export type Answers = Readonly<Record<string, Answer | undefined>>;

export const text = (answers: Answers, name: string): string => {
  const value = answers[name];
  return typeof value === 'string' ? value : '';
};

export const list = (answers: Answers, name: string): string[] => {
  const value = answers[name];
  return Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : [];
};
