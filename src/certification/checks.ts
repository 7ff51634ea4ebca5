import { counted } from '../counted.ts';
import { shellWord } from '../process/command.ts';
import type { Finding } from '../rules/engine/run.ts';
import { onOneLine } from '../shown.ts';
import type { Evidence } from './evidence.ts';
import type { Part } from './findings.ts';
import type { Made } from './machine-evidence.ts';
import type { Verdict } from './step.ts';

/** Checks that steps share. */

/** No errors of that part; where reviewers read every word, no warnings either. */
export const clean =
  (part: Part, { warnings }: { warnings: 'allowed' | 'refused' } = { warnings: 'allowed' }) =>
  ({ findings, profile, unvalidated }: Evidence): Verdict => {
    const command = `pp-connector validate --profile ${profile}`;
    if (unvalidated !== undefined && checkedByContent.has(part)) {
      return { done: false, why: `${unvalidated} can't be read yet`, command };
    }
    const errors = findings[part].filter(({ severity }) => severity === 'error');
    const others = findings[part].filter(({ severity }) => severity === 'warning');
    const open = warnings === 'allowed' ? errors : [...errors, ...others];
    if (open.length > 0) return { done: false, why: inWords(open), command };
    return { done: true, why: others.length === 0 ? undefined : inWords(others) };
  };

/** No errors, and nothing left that was only made of names: reviewers would read what nobody has read. */
export function written(evidence: Evidence): Verdict {
  const texts = clean('texts')(evidence);
  if (!texts.done || evidence.findings.derived.length === 0) return texts;
  const derived = clean('derived', { warnings: 'refused' })(evidence);
  if (derived.done) return texts;
  const isListed = evidence.findings.derived.some(({ rule }) => rule !== 'derived-connector-description');
  return isListed ? { ...derived, command: 'pp-connector texts' } : derived;
}

/** Files without errors, of a connector that is somebody's: the sample of a new repository is nobody's. */
export function ownFiles(evidence: Evidence): Verdict {
  const files = clean('assets')(evidence);
  const { sample } = evidence.findings;
  if (!files.done || sample.length === 0) return files;
  const verdict = clean('sample')(evidence);
  // whoever keeps it for themselves may try it out
  return verdict.done ? { done: true, why: inWords(sample) } : { ...verdict, command: 'pp-connector import FILE' };
}

/** Parts that are about what is in the definition or in apiProperties.json. */
const checkedByContent: ReadonlySet<Part> = new Set<Part>([
  'sample',
  'texts',
  'derived',
  'secrets',
  'redirect-mode',
  'sign-in',
]);

function inWords(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']): string[] => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [counted(number, severity)];
  };
  const [first] = findings;
  const text = first === undefined ? '' : `${first.file}:${first.line}: ${onOneLine(first.message)}`;
  const counts = [...count('error'), ...count('warning')].join(' and ');
  return `${counts === '' ? '' : `${counts}: `}${text}${findings.length > 1 ? ' …' : ''}`;
}

const onYourMachine = 'not committed: status looks for it on your machine';

/** Something that a command makes from the connector. */
export const made =
  (what: 'pullRequest' | 'submission', command: string) =>
  ({ machine }: Evidence): Verdict => {
    if (machine === undefined) return { done: false, why: onYourMachine, command };
    const why: Readonly<Record<Made, string>> = {
      missing: 'nothing was made yet',
      older: 'what lies in the folder "package" is older than the connector',
      current: 'in the folder "package"',
    };
    return machine[what] === 'current'
      ? { done: true, why: why.current }
      : { done: false, why: why[machine[what]], command };
  };

export function released({ machine, version }: Evidence): Verdict {
  const command = 'pp-connector release';
  if (machine === undefined) return { done: false, why: onYourMachine, command };
  const { release } = machine;
  if (release === undefined) return { done: false, why: `version ${version} isn't released yet`, command };
  return release.isCurrent
    ? { done: true, why: `tag ${release.tag}` }
    : { done: false, why: `the connector has changed since the tag ${release.tag}`, command };
}

/** Any deployment shows that somebody was signed in. */
export function loggedIn({ deployments, environments }: Evidence): Verdict {
  const [first] = deployments;
  if (first !== undefined) return { done: true, why: `the connector is deployed in ${first.environment}` };
  const target = environments.length > 1 ? ` --environment ${shellWord(environments[0] ?? '')}` : '';
  return environments.length > 0
    ? { done: false, why: 'nothing was deployed yet', command: `pp-connector login${target}` }
    : {
        done: false,
        why: 'config.json names no environment; put the address of yours into the command',
        command: 'pp-connector login --environment https://contoso.crm.dynamics.com',
      };
}

/** The connector is there as it is here, in at least one environment. */
export function deployed({ deployments, environments }: Evidence): Verdict {
  const current = deployments.find(({ date, changed }) => date !== undefined && changed === undefined);
  if (current !== undefined) return { done: true, since: current.date, why: `in ${current.environment}` };
  const unknown = deployments.find(({ date, changed }) => date === undefined && changed === undefined);
  if (unknown !== undefined) {
    return { done: true, why: `in ${unknown.environment}, says config.json; from which files is not remembered here` };
  }
  const [last] = [...deployments].sort((a, b) => ((a.date ?? '') > (b.date ?? '') ? -1 : 1));
  const name = last?.environment ?? environments[0];
  const target =
    name !== undefined && (environments.length > 1 || !environments.includes(name))
      ? ` --environment ${shellWord(name)}`
      : '';
  return {
    done: false,
    why:
      last === undefined
        ? 'nothing was deployed yet'
        : `${last.changed} since it was deployed to ${last.environment}${last.date === undefined ? '' : ` on ${last.date}`}`,
    command: `pp-connector deploy${target}`,
  };
}

/** An icon of one's own is not a rule, but reviewers know the brand. */
export function iconReady(evidence: Evidence): Verdict {
  const verdict = clean('icon')(evidence);
  if (!verdict.done || evidence.machine?.hasDrawnIcon !== true) return verdict;
  return { done: true, why: 'drawn from the title: put your logo in its place' };
}
