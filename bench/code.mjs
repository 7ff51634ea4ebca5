/** Operations with code: the first call, which starts .NET and compiles, and those after it in the same process. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a person waits for, in seconds. */
const limits = { first: 3, next: 0.3 };

const script = `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        var response = await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
        var answer = JObject.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false));
        answer["seen"] = this.Context.OperationId;
        response.Content = CreateJsonContent(answer.ToString());
        return response;
    }
}
`;

const schema = { type: 'object', properties: { n: { type: 'integer' }, seen: { type: 'string' } } };
const operation = (operationId, more = {}) => ({
  get: { operationId, responses: { 200: { description: 'OK', schema } }, ...more },
});
const definition = {
  swagger: '2.0',
  info: { title: 'Things', version: '1.0' },
  host: 'api.contoso.com',
  paths: {
    '/plain': operation('GetPlain'),
    '/things': operation('GetThing'),
    '/new': operation('OnThing', { 'x-ms-trigger': 'batch' }),
  },
};

const calls = 20;

export default function code({ compare, baseline, ours, work, rounds }) {
  const folder = join(work, 'code', 'connector');
  mkdirSync(folder, { recursive: true });
  // a place of its own: what is measured isn't what this machine has trusted and remembered
  process.env.XDG_STATE_HOME = join(work, 'code', 'state');
  const files = {
    'apiDefinition.swagger.json': JSON.stringify(definition),
    'apiProperties.json': JSON.stringify({ properties: { scriptOperations: ['GetThing', 'OnThing'] } }),
    'script.csx': script,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { status } = spawnSync(process.execPath, [ours, 'doctor', '--install'], { cwd: folder, stdio: 'ignore' });
  if (status !== 0) {
    console.log('\nOperations with code: not measured, .NET or its references are not here (pp-connector doctor)');
    return;
  }
  const invoke = (name, ...args) => ({ name, args: [ours, 'invoke', ...args, '--mock'], cwd: folder });
  const rows = compare(
    'An operation with code',
    [
      baseline,
      invoke('pp-connector invoke, without code', 'GetPlain'),
      invoke('pp-connector invoke, with code', 'GetThing', '--trust-script'),
      invoke('one call of a trigger with code', 'OnThing', '--trust-script', '--poll', '1'),
      invoke(`${calls} calls of it`, 'OnThing', '--trust-script', '--poll', String(calls)),
    ],
    Math.min(rounds, 5),
  );
  const first = rows[2].wall;
  const next = (rows[4].wall - rows[3].wall) / (calls - 1);
  const judged = (value, limit) => `${value.toFixed(3)} s (at most ${limit})${value > limit ? ' TOO SLOW' : ''}`;
  console.log(`  first call ${judged(first, limits.first)}, each after it ${judged(next, limits.next)}`);
}
