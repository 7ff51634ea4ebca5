import { dirname, join } from 'node:path';
import { type Answers, list, text } from '../../answers.ts';
import type { Authentication } from '../../authentication/authentication.ts';
import type { ConnectorDraft } from '../../connector/draft.ts';
import { deepEqual, type Json } from '../../connector/json/value.ts';
import type { Connector } from '../../connector/load.ts';
import { findWorkspace, unnamedNote } from '../../connector/workspace.ts';
import type { PlannedFile } from '../../files/commit.ts';
import { readGivenFile } from '../../files/given-file.ts';
import type { ConnectorReport } from '../../rules/engine/report.ts';
import { readTemplate } from '../../templates.ts';
import { agentFiles } from '../agent-files.ts';
import { ciProviders, workflowsOf } from '../ci/providers.ts';
import { composeRepository } from '../compose-repository.ts';
import { toAuthentication } from '../questions/authentication.ts';
import { recogniseSignIn } from '../questions/sign-in-home.ts';
import { renderCertification, renderRepository } from '../render-repository.ts';
import { isOurs, type StartingPoint } from '../starting-point.ts';
import { staticFiles, targetOf } from '../static-files.ts';
import { specProblem, toolSpec } from '../tool-spec.ts';
import { keepWhatIsThere } from './keep-what-is-there.ts';
import { repositoryAt } from './repository-at.ts';

export interface ScaffoldRequest {
  root: string;
  /** Where the author is. */
  cwd: string;
  start: StartingPoint;
  answers: Answers;
  /** What the answers would be if nobody had said anything; undefined where the files don't tell how to sign in. */
  unasked: Answers | undefined;
}

export interface Scaffold {
  /** Made for this connector, changed or not. */
  files: PlannedFile[];
  /** Templates that are copied as they are, below `templates/app`. */
  copied: string[];
  /** What was chosen before, and no longer is: workflows of a service, files for agents. */
  unwanted: PlannedFile[];
  /** The connector as it will be. */
  connector: Connector;
  /** What the rules say about it. */
  report: ConnectorReport;
  /** For the author. */
  notes: string[];
}

/** All files of a new repository, or of one that is brought up to date; its tests come with the commit. */
export async function planScaffold({ root, cwd, start, answers, unasked }: ScaffoldRequest): Promise<Scaffold> {
  const repository = repositoryAt(root, start);
  const { draft } = repository;
  const icon = text(answers, 'icon');
  const spec = text(answers, 'toolSpec') || toolSpec(root);
  const composition = composeRepository({
    root,
    start,
    repository,
    answers,
    authentication: chosenAuthentication(draft, { start, answers, unasked }),
    icon: icon === '' ? undefined : readGivenFile('--icon', icon, cwd),
    toolSpec: spec,
    script: readTemplate('oauth', 'script.csx'),
  });
  const services = list(answers, 'ci');
  const problems = start.origin === 'existing' ? [] : [specProblem(spec, services.length > 0), leftOut(root)];
  const { files, connector } = renderRepository(draft, { added: [composition.icon] });
  const hasAgents = text(answers, 'agents') === 'all';
  const { files: certification, report } = await renderCertification(connector);
  const others = ciProviders.filter(({ id }) => !services.includes(id)).map(({ id }) => id);
  const written = keepWhatIsThere([...files, ...composition.files, ...certification], root, start);
  return {
    files: written.files,
    copied: [...staticFiles, ...workflowsOf(services), ...(hasAgents ? agentFiles : [])],
    unwanted: [...workflowsOf(others), ...(hasAgents ? [] : agentFiles)].map((name) => ({
      path: join(root, targetOf(name)),
      contents: null,
      kind: 'generated',
    })),
    connector,
    report,
    notes: [...composition.notes, ...written.notes, ...problems.filter((problem) => problem !== undefined)],
  };
}

/** That the repository of several connectors around it doesn't have the new one; undefined: it has, or there is none. */
function leftOut(root: string): string | undefined {
  const workspace = findWorkspace(dirname(root));
  return workspace && unnamedNote(workspace, root);
}

/** Undefined while nobody has asked for another one than the files have, be that one complete or not. */
function chosenAuthentication(
  draft: ConnectorDraft,
  { start, answers, unasked }: Pick<ScaffoldRequest, 'start' | 'answers' | 'unasked'>,
): Authentication | undefined {
  if (text(answers, 'auth') === '') return undefined;
  const wanted = toAuthentication(answers);
  const isWanted = (other: Authentication): boolean => deepEqual(asJson(other), asJson(wanted));
  if (!isOurs(start) && unasked !== undefined && isWanted(toAuthentication(unasked))) return undefined;
  const present = recogniseSignIn(draft).method;
  return present !== undefined && isWanted(present) ? undefined : wanted;
}

/** Without what is undefined. */
const asJson = (authentication: Authentication): Json => JSON.parse(JSON.stringify(authentication)) as Json;
