/** `test` over a thousand cases without code, and over a hundred with it, which have one host for all. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { definition as plainDefinition } from './inputs.mjs';

/** What a person waits for, in seconds. */
const limits = { thousand: 4, codePerCase: 0.05 };

const policies = [
  {
    templateId: 'setheader',
    title: 'Version',
    parameters: { name: 'x-version', value: '2', 'exists-action': 'override' },
  },
  {
    templateId: 'setqueryparameter',
    title: 'Source',
    parameters: { name: 'source', value: 'flow', 'exists-action': 'override' },
  },
].map(({ parameters, ...rest }) => ({
  ...rest,
  parameters: {
    ...Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]),
    ),
    'x-ms-apimTemplate-policySection': 'Request',
  },
}));

const script = `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        this.Context.Request.Headers.Add("x-by", "code");
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    }
}
`;

export default function tests({ compare, baseline, ours, work, rounds }) {
  process.env.XDG_STATE_HOME = join(work, 'tests', 'state');
  const plain = connector(join(work, 'tests', 'plain'), 470_000);
  const written = init(plain, ours);
  const rows = compare(
    `${written} cases of one connector`,
    [baseline, { name: 'pp-connector test', args: [ours, 'test'], cwd: plain }],
    Math.min(rounds, 5),
  );
  const judged = (value, limit, digits = 2) =>
    `${value.toFixed(digits)} s (at most ${limit})${value > limit ? ' TOO SLOW' : ''}`;
  console.log(`  for 1,000 of them: ${judged((rows[1].wall / written) * 1000, limits.thousand)}`);
  const coded = connector(join(work, 'tests', 'coded'), 20_000, script);
  const { status } = spawnSync(process.execPath, [ours, 'doctor', '--install'], { cwd: coded, stdio: 'ignore' });
  if (status !== 0) return console.log('  with code: not measured, .NET or its references are not here');
  const few = init(coded, ours);
  const one = readdirSync(join(coded, 'tests'))[0];
  const [, first, all] = compare(
    `${few} cases with code`,
    [
      baseline,
      { name: 'those of one operation', args: [ours, 'test', join('tests', one)], cwd: coded },
      { name: 'all', args: [ours, 'test'], cwd: coded },
    ],
    Math.min(rounds, 5),
  );
  const more = few - countIn(join(coded, 'tests', one));
  return console.log(`  each case after the first: ${judged((all.wall - first.wall) / more, limits.codePerCase, 3)}`);
}

function connector(folder, bytes, code) {
  mkdirSync(folder, { recursive: true });
  const files = {
    'apiDefinition.swagger.json': JSON.stringify(plainDefinition(bytes, 'Records')),
    'apiProperties.json': JSON.stringify({
      properties: {
        connectionParameters: { api_key: { type: 'securestring' } },
        policyTemplateInstances: policies,
      },
    }),
    ...(code === undefined ? {} : { 'script.csx': code }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** @returns how many cases there are */
function init(cwd, ours) {
  const { status, stderr } = spawnSync(process.execPath, [ours, 'test', '--init', '--trust-script'], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return readdirSync(join(cwd, 'tests')).reduce((sum, name) => sum + countIn(join(cwd, 'tests', name)), 0);
}

const countIn = (file) => readFileSync(file, 'utf8').split('- name: ').length - 1;
