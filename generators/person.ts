import { type Answer, type Answers, list } from '../src/answers.ts';
import { deepEqual } from '../src/connector/json/value.ts';
import { problemOf, type Question, type Questions, tidy } from '../src/repository/questions/question.ts';
import { onOneLine } from '../src/shown.ts';

/** Asks one question by a prompt of Yeoman's, and returns the answer under the question's name. */
export type Ask = (prompt: object) => Promise<Record<string, unknown>>;

export interface Asking {
  /** Answers of flags and files: they aren't asked for. */
  given: Answers;
  /** What is known already: proposals. */
  known: Answers;
  ask: Ask;
  /** Whether what is known needs no asking; `answers` are those before the question. */
  isSettled?: (name: string, question: Question, answers: Answers) => boolean;
}

type Asked = Record<string, Answer | undefined>;

/** Asks the questions that apply, one after the other. @returns all answers, also those that were given or known */
export async function askPerson(questions: Questions, asking: Asking): Promise<Asked> {
  const answers: Asked = { ...asking.known, ...asking.given };
  for (const [name, question] of Object.entries(questions)) {
    if (!isOpen(name, question, answers, asking)) continue;
    const proposed = proposalOf(name, question, answers, asking);
    if (question.quiet || asking.isSettled?.(name, question, answers)) answers[name] = proposed;
    else answers[name] = await askOne(name, question, proposed, answers, asking.ask);
  }
  return answers;
}

/**
 * Shows the answers, and asks once more for what somebody picks among them, until all are as they are meant. What
 * followed from an answer, and nobody has changed, follows from the new one.
 *
 * @param first the choice that ends it, such as "Yes, make it"
 */
export async function reviewAnswers(
  questions: Questions,
  answered: Answers,
  asking: Asking,
  { message, first }: { message: string; first: string },
): Promise<Asked> {
  const answers: Asked = { ...answered };
  for (;;) {
    const open = Object.entries(questions).filter(([name, question]) => isOpen(name, question, answers, asking));
    const rows = open.map(([name, question]) => ({
      value: name,
      name: onOneLine(`${topicOf(question)}: ${shownAnswer(question, answers[name])}`),
      short: topicOf(question),
    }));
    const prompt = {
      type: 'select',
      name: 'change',
      message,
      choices: [{ value: '', name: first, short: first }, ...rows],
      default: '',
      pageSize: 20,
      loop: false,
    };
    const { change } = await asking.ask(prompt);
    const question = questions[String(change ?? '')];
    if (question === undefined) return answers;
    const name = String(change);
    const followed = open.filter(([other]) =>
      deepEqual(answers[other] ?? null, proposalOf(other, questions[other] as Question, answers, asking) ?? null),
    );
    answers[name] = await askOne(name, question, answers[name], answers, asking.ask);
    await followUp(questions, answers, asking, [name, ...followed.map(([other]) => other)]);
  }
}

/** After an answer has changed: what no longer applies goes, what depends on it is proposed anew, what is new is asked. */
async function followUp(questions: Questions, answers: Asked, asking: Asking, [changed, ...followed]: string[]) {
  for (const [name, question] of Object.entries(questions)) {
    if (Object.hasOwn(asking.given, name) || question.flagOnly || name === changed) continue;
    if (question.when?.(answers) === false) delete answers[name];
    else if (followed.includes(name)) answers[name] = proposalOf(name, question, answers, asking);
    else if (answers[name] === undefined || problemOf(question, answers[name], answers) !== undefined) {
      const proposed = answers[name] ?? proposalOf(name, question, answers, asking);
      answers[name] = question.quiet ? proposed : await askOne(name, question, proposed, answers, asking.ask);
    }
  }
}

const isOpen = (name: string, question: Question, answers: Answers, { given }: Asking): boolean =>
  !Object.hasOwn(given, name) && !question.flagOnly && question.when?.(answers) !== false;

const proposalOf = (name: string, question: Question, answers: Answers, { known }: Asking): Answer | undefined =>
  known[name] ?? question.default?.(answers);

async function askOne(
  name: string,
  question: Question,
  proposed: Answer | undefined,
  answers: Answers,
  ask: Ask,
): Promise<Answer | undefined> {
  const prompt = toPrompt(name, question, proposed, answers);
  const answered = (await ask(prompt))[name] as Answer | undefined;
  // what was proposed and taken is the value itself, not how it is shown
  const typed = answered === prompt.default ? prompt.proposed : answered;
  const value = typed === undefined ? typed : tidy(question, typed);
  if (!question.many || typeof value !== 'string') return value;
  // what may be pasted may have blanks inside
  return question.paste === undefined ? value.split(/\s+/).filter((item) => item !== '') : [value];
}

function toPrompt(name: string, question: Question, fallback: Answer | undefined, answers: Answers) {
  const { type, message, choices, paste } = question;
  const proposed = Array.isArray(fallback) && type === 'input' ? fallback.join(' ') : fallback;
  const isText = typeof proposed === 'string' && choices === undefined;
  const isNeeded = question.certification && answers.profile !== 'custom' && answers.profile !== undefined;
  const problem = (value: Answer): string | undefined => {
    const found = problemOf(question, value, answers);
    return found === undefined ? undefined : onOneLine(found);
  };
  return {
    type: paste === undefined ? type : 'paste',
    name,
    message: onOneLine(isNeeded ? `${message} (certification needs it)` : message),
    ...(paste === undefined ? {} : { paste }),
    ...(choices === undefined
      ? {}
      : { choices: choices.map((value) => choiceOf(value, question, answers)), loop: false, pageSize: 12 }),
    default: isText ? onOneLine(proposed) : proposed,
    proposed,
    validate: (value: Answer) => problem(plain(value)) ?? true,
  };
}

/** A choice as people read it; one that has no label is a word of the field, and its own. */
function choiceOf(value: string, { labels, warning }: Question, answers: Answers) {
  const label = labels?.[value] ?? value;
  const against = warning?.(value, answers);
  return {
    name: onOneLine(against === undefined ? label : `${label} (${against})`),
    short: onOneLine(labelOf(label)),
    value,
  };
}

/** A label without its hint. */
const labelOf = (text: string): string => text.replace(/: .*$/s, '');

/** What a question is about: its message without examples and remarks. */
const topicOf = ({ message }: Question): string => onOneLine(message.replace(/[(,;:?].*$/s, '').trim());

function shownAnswer({ type, labels, choices }: Question, answer: Answer | undefined): string {
  if (type === 'confirm') return answer === true ? 'yes' : 'no';
  const values = list({ answer }, 'answer');
  if (values.length === 0) return '(none)';
  return values.map((value) => (choices === undefined ? value : labelOf(labels?.[value] ?? value))).join(', ');
}

/** Check boxes hand their choices over as objects. */
const plain = (value: unknown): Answer =>
  Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? item : String((item as { value: unknown }).value)))
    : (value as Answer);
