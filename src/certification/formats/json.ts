import type { StatusFormat } from './formats.ts';

/** The contract for scripts: every step of the way, in its order. */
export const statusJson: StatusFormat = ({ profile, connector, next, steps, counts }) => {
  const list = steps.map(
    ({ id, title, phase, state, who, duration, command, since, note, why, about, profiles, rules, answers }) => ({
      id,
      title,
      phase,
      state,
      who,
      duration,
      command,
      since,
      note,
      why,
      about,
      profiles,
      rules,
      answers,
    }),
  );
  return `${JSON.stringify({ profile, connector, next: next ?? null, steps: list, counts }, null, 2)}\n`;
};
