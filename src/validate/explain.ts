import type { Json } from '../connector/json.ts';
import { type Example, profiles, type Rule } from './rule.ts';
import { defaultSeverity } from './run.ts';

/** The catalogue for scripts (design §4, `rules --format json`). */
export function describeRules(rules: readonly Rule[]): Json {
  return {
    rules: rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      severity: Object.fromEntries(profiles.map((profile) => [profile, defaultSeverity(rule, profile)])),
      fixable: rule.fix !== undefined,
      source: rule.source,
      ...(rule.official === undefined ? {} : { official: rule.official }),
      ...(rule.policy === undefined ? {} : { policy: rule.policy }),
      command: rule.command ?? 'validate',
      check: rule.manual ? 'manual' : 'automatic',
    })),
  };
}

/** One rule on the terminal: what, why, what to do, who says so, and how it looks. */
export function explainRule(rule: Rule): string {
  const severity = profiles.map((profile) => `${profile}: ${defaultSeverity(rule, profile)}`).join(', ');
  const facts = [
    `Severity   ${severity}`,
    `Why        ${rule.why}`,
    `Remedy     ${rule.remedy}`,
    `Source     ${rule.source}`,
    ...(rule.official === undefined ? [] : [`Validator  ${rule.official}`]),
    ...(rule.policy === undefined ? [] : [`Policy     ${rule.policy}`]),
    `Fixed by   ${rule.fix === undefined ? 'you' : rule.fix === 'safe' ? 'pp-connector validate --fix' : 'pp-connector validate --fix-unsafe'}`,
  ];
  const good = rule.examples?.good[0];
  const bad = rule.examples?.bad[0];
  const examples = [
    ...(good ? [`Good (${good.name})`, show(good)] : []),
    ...(bad ? [`Bad (${bad.name})`, show(bad)] : []),
  ];
  return `${rule.id}\n${rule.title}\n\n${facts.join('\n')}\n${examples.length === 0 ? '' : `\n${examples.join('\n')}\n`}`;
}

/** The change that an example makes, as indented JSON or text. */
export function show(example: Example): string {
  const parts = [example.definition, example.properties, example.settings, example.config].filter(
    (part) => part !== undefined,
  );
  const texts = parts.map((part) => JSON.stringify(part, null, 2));
  for (const [name, content] of Object.entries(example.files ?? {})) {
    texts.push(
      typeof content === 'string' ? `${name}:\n${content}` : content === null ? `without ${name}` : `${name} (binary)`,
    );
  }
  return texts
    .join('\n')
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
