import { resolve } from 'node:path';
import { findRepositoryRoot, repositoryAround } from '../../connector/find.ts';
import type { Connector } from '../../connector/load.ts';
import { type Profile, profiles } from '../../connector/profile.ts';
import { existingTestFiles } from '../../connector/test-files.ts';
import { UserError } from '../../errors.ts';
import { shownPath } from '../../files/names.ts';
import type { PreviewOptions } from '../../preview/preview-data.ts';
import type { TestAnswers } from '../../preview/samples.ts';
import { stopped } from '../../process/stop-signal.ts';
import { type Progress, startProgress } from '../../progress.ts';
import { documentedSeconds, type ScriptOptions } from '../../runtime/script/run-script.ts';
import { onOneLine, shownJson } from '../../shown.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { compileWhenNeeded } from '../compile-when-needed.ts';
import { connectorFolder, jsonObject, readNamed, requireDefinition } from '../connector-files.ts';
import { originOf } from '../origin.ts';
import { portFlag } from '../port.ts';

export const command: CommandSpec = {
  name: 'preview',
  summary: 'see the connector as makers will',
  group: 'check',
  order: 27,
  positionals: [{ name: 'folder', description: 'the connector (default: the repository around the current folder)' }],
  flags: [
    { name: 'port', value: 'NUMBER', description: 'of the page on this machine (default: 4280, or the next free one)' },
    { name: 'static', value: 'FILE', description: 'write the page into one HTML file, which needs nothing else' },
    {
      name: 'screenshots',
      value: 'FOLDER',
      description: 'write pictures of operations, connection and agent tools, by a Chromium, Chrome or Edge of yours',
    },
    {
      name: 'operation',
      value: 'ID',
      many: true,
      description: 'with --screenshots: only these operations (repeatable; default: all that makers see)',
    },
    { name: 'browser', value: 'FILE', description: 'with --screenshots: the program (default: looked for)' },
    {
      name: 'against',
      value: 'REF|FOLDER',
      description: 'show what changes for makers since a git revision, or a folder or file',
    },
    {
      name: 'connection',
      value: 'FILE',
      description: 'a JSON object with the values of connection parameters, to try operations',
    },
    { name: 'connection-set', value: 'NAME', description: 'which of the connectionParameterSets, to try operations' },
    {
      name: 'send-to',
      value: 'ORIGIN',
      description: 'operations that are tried go to this origin, such as http://127.0.0.1:8080',
    },
    {
      name: 'trust-script',
      description:
        'operations with code can be tried: run script.csx, also a version that has not run on this machine yet',
    },
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose rules apply (default: config.json, the parent folder, custom)',
      choices: profiles,
    },
  ],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector preview', 'a page that follows every change of the files; Ctrl-C stops it'],
    ['pp-connector preview --static preview.html', 'one file for a pull request or a customer'],
    ['pp-connector preview --against main', 'what an update changes for makers'],
    ['pp-connector preview --screenshots docs/pictures', 'pictures for a README or a submission'],
    ['pp-connector preview --format json', 'fields, outputs, connection and agent tools, for a script'],
  ],
  async run(context, [folder], flags) {
    const { cwd } = context;
    refuseContradictions(context, flags);
    const path = connectorFolder(cwd, folder);
    requireDefinition(path, cwd, 'preview FOLDER');
    const profile = flags.text('profile') as Profile | undefined;
    const compile = compileWhenNeeded(cwd);
    const options: PreviewOptions = { cwd, profile, against: flags.text('against'), compile, answersOf };
    if (context.format === 'json') {
      const { previewData } = await import('../../preview/preview-data.ts');
      context.out(shownJson(`${JSON.stringify(await previewData(path, options), null, 2)}\n`));
      return 0;
    }
    if (flags.text('static') !== undefined) return writePage(path, options, context, flags);
    if (flags.text('screenshots') !== undefined) return takePictures(path, options, context, flags);
    return serve(path, options, context, flags);
  },
};

/** Of tests that can be read: what is wrong with the others is said by `pp-connector test`. */
async function answersOf({ location }: Connector): Promise<TestAnswers> {
  const root = findRepositoryRoot(location.root) ?? location.root;
  const paths = existingTestFiles(root);
  if (paths.length === 0) return new Map();
  const { givenAnswersOfTests } = await import('../../test-cases/serve/answers-of-tests.ts');
  const { readTestFiles } = await import('../../test-cases/run-files.ts');
  return givenAnswersOfTests(readTestFiles(paths, root).files, root);
}

const results = ['static', 'screenshots'] as const;
const ofPictures = ['operation', 'browser'] as const;
const ofTheServer = ['port', 'connection', 'connection-set', 'send-to', 'trust-script'] as const;

function refuseContradictions({ format }: Context, flags: Flags): void {
  const isGiven = (name: string): boolean => flags.list(name).length > 0 || flags.on(name);
  const given: string[] = results.filter(isGiven);
  if (format === 'json') given.push('format json');
  if (given.length > 1) {
    throw new UserError(`--${given[0]} and --${given[1]} contradict each other`, { hint: 'leave one of them out' });
  }
  const [only] = given;
  const unused = [...(only === 'screenshots' ? [] : ofPictures), ...(only === undefined ? [] : ofTheServer)].find(
    isGiven,
  );
  if (unused === undefined) return;
  const because =
    only === undefined ? 'says something of --screenshots, which is missing' : `has no meaning with --${only}`;
  throw new UserError(`--${unused} ${because}`, { hint: 'leave it out' });
}

async function writePage(path: string, options: PreviewOptions, { cwd, out }: Context, flags: Flags): Promise<number> {
  const file = resolve(cwd, flags.text('static') ?? '');
  const { staticState } = await import('../../preview/preview-data.ts');
  const { staticPage } = await import('../../preview/page-files.ts');
  const { writeFiles } = await import('../../files/write.ts');
  writeFiles([[file, staticPage(await staticState(path, options))]], { within: repositoryAround(cwd) });
  out(`${onOneLine(shownPath(file, cwd))}: the preview in one file; open it in any browser\n`);
  return 0;
}

async function takePictures(path: string, options: PreviewOptions, context: Context, flags: Flags): Promise<number> {
  const { cwd } = context;
  const folder = resolve(cwd, flags.text('screenshots') ?? '');
  const { staticState } = await import('../../preview/preview-data.ts');
  const { takeScreenshots } = await import('../../preview/screenshots.ts');
  let progress: Progress | undefined;
  const files = await takeScreenshots(await staticState(path, options), {
    folder,
    within: repositoryAround(cwd),
    operations: flags.list('operation'),
    browser: flags.text('browser') === undefined ? undefined : resolve(cwd, flags.text('browser') ?? ''),
    onPicture: (name, total) => {
      progress ??= startProgress(total, process.stderr);
      progress.step(name);
    },
  }).finally(() => progress?.end());
  for (const file of files) context.out(`${onOneLine(shownPath(file, cwd))}\n`);
  return 0;
}

async function serve(path: string, options: PreviewOptions, context: Context, flags: Flags): Promise<number> {
  const { cwd, out, err } = context;
  const name = flags.text('connection');
  const { startPreview } = await import('../../preview/run-preview.ts');
  const running = await startPreview(path, {
    ...options,
    port: portFlag('port', flags) ?? 4280,
    notify: err,
    tryIt: {
      cwd,
      connectionFile: name === undefined ? undefined : { name, values: jsonObject(readNamed(name, cwd), name) },
      connectionSet: flags.text('connection-set'),
      env: process.env,
      sendTo: originOf(flags.text('send-to')),
      timeout: 100_000,
      script: scriptOf({ ...context, interactive: false }, flags),
    },
  });
  out(`${onOneLine(running.title)}: ${running.url}\n`);
  err('Open this address in a browser of this machine. Ctrl-C stops the preview.\n');
  await stopped();
  await running.close();
  return 0;
}

/** Each version of the code is made ready once, when somebody tries it. */
function scriptOf(context: Context, flags: Flags): (connector: Connector) => Promise<ScriptOptions | undefined> {
  let known: { text: string; options: Promise<ScriptOptions | undefined> } | undefined;
  const make = async (connector: Connector): Promise<ScriptOptions | undefined> => {
    const { scriptOptions } = await import('../script-runner.ts');
    return scriptOptions(connector, documentedSeconds * 1000, context, flags);
  };
  return async (connector) => {
    const text = connector.script?.text ?? '';
    if (known?.text === text) return known.options;
    const options = make(connector);
    known = { text, options };
    options.catch(() => {
      // once it may be run, it is tried again
      known = undefined;
    });
    return options;
  };
}
