import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { ciProviders, workflowsOf } from '../../src/repository/ci/providers.ts';
import { repositoryScripts } from '../../src/repository/package-json.ts';
import { staticFiles, targetOf } from '../../src/repository/static-files.ts';
import { readTemplate } from '../../src/templates.ts';
import { readText, readTree, temporaryFolder } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { lintWorkflow as lint } from '../support/lint-workflow.ts';
import {
  allScripts,
  azureNames,
  githubNames,
  type Pipeline,
  read,
  repositoryWithWorkflows,
  stepsOf,
  type Workflow,
} from './workflow-files.ts';

describe('workflows of GitHub', () => {
  for (const name of githubNames) {
    it(`${name}: the linters have nothing to say`, async () => {
      expect(await lint(readText(await repositoryWithWorkflows(), name))).to.deep.equal([]);
    });
  }

  it('would not pass the linters with a mistake', async () => {
    const text = readText(await repositoryWithWorkflows(), githubNames[0]);
    expect(await lint(text.replace('inputs.environment', 'inputs.enviroment'))).to.not.deep.equal([]);
    expect(await lint(text.replace('runs-on: ubuntu-latest', 'runs_on: ubuntu-latest'))).to.not.deep.equal([]);
  });

  it('have each job do only what it must', async () => {
    const granted: Record<string, unknown> = {};
    for (const name of githubNames) {
      const { permissions, jobs } = await read<Workflow>(name);
      expect(permissions, name).to.deep.equal({});
      for (const [id, job] of Object.entries(jobs)) granted[id] = job.permissions;
    }
    expect(granted).to.deep.equal({
      validate: { contents: 'read' },
      'breaking-changes': { contents: 'read' },
      'code-scanning': { actions: 'read', contents: 'read', 'security-events': 'write' },
      deploy: { contents: 'read', 'id-token': 'write' },
    });
  });

  it('pin actions to a commit, but for the one of Microsoft, whose pac has a version', async () => {
    const lines = (
      await Promise.all(githubNames.map(async (name) => readText(await repositoryWithWorkflows(), name).split('\n')))
    ).flat();
    const used = lines.filter((line) => line.includes('uses:'));
    expect(used).to.have.length(11);
    const loose = used.filter((line) => !/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
    expect(loose.map((line) => line.trim())).to.deep.equal([
      '- uses: microsoft/powerplatform-actions/actions-install@v1',
    ]);
    const { jobs } = await read<Workflow>(githubNames[0]);
    const install = jobs.deploy?.steps.find(({ uses }) => uses?.startsWith('microsoft/'));
    expect(install?.with?.['pac-version-override']).to.match(/^\d+\.\d+\.\d+$/);
  });

  it('leave no credentials in the work tree, and end', async () => {
    for (const name of githubNames) {
      for (const [id, job] of Object.entries((await read<Workflow>(name)).jobs)) {
        expect(job['timeout-minutes'], id).to.be.within(1, 30);
        const checkout = job.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
        expect(checkout?.with?.['persist-credentials'], id).to.equal(false);
      }
    }
  });

  it('deploy one after another, to a protected environment', async () => {
    const { concurrency, jobs, on } = await read<Workflow>(githubNames[0]);
    expect(concurrency['cancel-in-progress']).to.equal(false);
    expect(jobs.deploy?.environment).to.match(/inputs\.environment \|\| 'production'/);
    expect(concurrency.group).to.equal(`deploy-${jobs.deploy?.environment}`);
    expect(on).to.have.all.keys('workflow_dispatch', 'push');
    expect(on.push).to.deep.equal({ tags: ['connector-v*'] });
  });

  it('show secrets only to the step that deploys', async () => {
    const { jobs } = await read<Workflow>(githubNames[0]);
    const withSecrets = jobs.deploy?.steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('secrets.'));
    expect(withSecrets?.map(({ name }) => name)).to.deep.equal(['Deploy']);
    expect(readText(await repositoryWithWorkflows(), githubNames[1])).to.not.contain('secrets.');
  });

  it('fail for findings, and never for want of code scanning', async () => {
    const { jobs } = await read<Workflow>(githubNames[1]);
    const validate = jobs.validate?.steps.find(({ name }) => name === 'Validate');
    expect(validate?.run).to.contain('--format github').and.not.contain('--fail-on');
    const upload = jobs['code-scanning']?.steps.find(({ uses }) => uses?.includes('/upload-sarif@'));
    expect(upload?.['continue-on-error']).to.equal(true);
    expect(jobs['code-scanning']?.if).to.contain('github.event.repository.private');
  });
});

describe('pipelines of Azure', () => {
  it('validate every push and pull request, and publish what was found', async () => {
    const { jobs, trigger, pr } = await read<Pipeline>('azure-pipelines.yml');
    expect(trigger).to.deep.equal({ branches: { include: ['*'] } });
    expect(pr).to.deep.equal(trigger);
    const publish = stepsOf(jobs[0] as never).find(({ task }) => task === 'PublishTestResults@2');
    expect(publish?.inputs).to.include({ testResultsFormat: 'JUnit' });
    expect(publish?.condition).to.equal('succeededOrFailed()');
    const breaking = jobs.find(({ job }) => job === 'breakingChanges');
    expect(breaking?.condition).to.equal("eq(variables['Build.Reason'], 'PullRequest')");
    expect(stepsOf(breaking as never)[0]?.fetchDepth).to.equal(0);
  });

  it('deploy to an environment with checks, manually or with a tag', async () => {
    const { jobs, trigger, pr, lockBehavior, variables } = await read<Pipeline>('azure-pipelines-deploy.yml');
    expect(trigger).to.deep.equal({ branches: { exclude: ['*'] }, tags: { include: ['connector-v*'] } });
    expect(pr).to.equal('none');
    expect(lockBehavior).to.equal('sequential');
    expect(jobs.map(({ environment }) => environment?.includes('parameters.environment'))).to.deep.equal([true]);
    expect(variables?.find(({ name }) => name === 'PAC_VERSION')?.value).to.match(/^\d+\.\d+\.\d+$/);
  });

  it('leave no credentials in the work tree, name the version of each task, and end', async () => {
    for (const name of azureNames) {
      for (const job of (await read<Pipeline>(name)).jobs) {
        expect(job.timeoutInMinutes, name).to.be.within(1, 30);
        const steps = stepsOf(job);
        expect(steps[0], name).to.include({ checkout: 'self', persistCredentials: false });
        for (const { task } of steps) if (task !== undefined) expect(task).to.match(/^[A-Za-z]+@\d+$/);
      }
    }
  });
});

describe('workflows of both', () => {
  it('put nothing from outside into a script', async () => {
    for (const { at, script } of await allScripts()) expect(script, at).to.not.match(/\$\{\{|\$\([A-Z]\w*[.)]/);
  });

  it('call commands and flags that there are', async () => {
    let count = 0;
    for (const { at, script } of await allScripts()) {
      for (const [line, name = '', rest = ''] of script.matchAll(/npm run (?:--silent )?(\S+)(?: -- ([^>|&\n]*))?/g)) {
        const words = splitCommandLine(`${repositoryScripts[name as 'validate']} ${rest}`);
        expect(words[0], `${at}: ${line}`).to.equal('pp-connector');
        const command = await commands[words[1] as string]?.load();
        if (command === undefined) throw new Error(`${at}: ${line}: there is no such command`);
        parseArguments(command, words.slice(2));
        count += 1;
      }
    }
    expect(count).to.equal(15);
  });

  it('install what the lock file says, when there is one', async () => {
    const scripts = (await allScripts())
      .map(({ script }) => script)
      .filter((script) => /npm (?:ci|install)\b/.test(script));
    expect(scripts).to.have.length(7);
    expect(new Set(scripts)).to.deep.equal(new Set(['if [ -f package-lock.json ]; then npm ci; else npm install; fi']));
  });

  const made = (cwd: string): string[] =>
    Object.keys(readTree(cwd)).filter((name) => name.startsWith('.github/') || /^azure-/.test(name));
  const ids = ciProviders.map(({ id }) => id);
  const filesOf = (services: readonly string[]): string[] => workflowsOf(services).map(targetOf);

  // "both" and "none" are words of one answer
  for (const [answer, services] of [...ids.map((id) => [id, [id]] as const), ['none', []], ['both', ids]] as const) {
    it(`are made for ${answer}`, async () => {
      const cwd = temporaryFolder();
      await generate('app', { cwd, flags: { ci: answer, toolSpec: '^0.1.0' } });
      expect(made(cwd)).to.deep.equal(filesOf(services));
    });
  }

  it('stay what they are when the generator runs again, until another choice is made', async () => {
    const cwd = temporaryFolder();
    const flags = { toolSpec: '^0.1.0' };
    await generate('app', { cwd, flags: { ...flags, ci: 'azure' } });
    await generate('app', { cwd, flags });
    expect(made(cwd)).to.deep.equal(filesOf(['azure']));
    await generate('app', { cwd, flags: { ...flags, ci: 'github;azure' } });
    expect(made(cwd)).to.deep.equal(filesOf(ids));
  });

  it('go when they are no longer wanted, unless somebody edited them', async () => {
    const cwd = temporaryFolder();
    const flags = { toolSpec: '^0.1.0' };
    await generate('app', { cwd, flags: { ...flags, ci: ids.join(';') } });
    appendFileSync(join(cwd, 'azure-pipelines.yml'), '# ours\n');
    const { log } = await generate('app', { cwd, flags: { ...flags, ci: 'github' } });
    expect(made(cwd)).to.deep.equal([...filesOf(['github']), 'azure-pipelines.yml'].sort());
    expect(log).to.contain('keep azure-pipelines.yml  (you edited it)');
  });
});

describe('npm scripts of a repository', () => {
  for (const [name, script] of Object.entries(repositoryScripts)) {
    it(`${name} calls a command that there is`, async () => {
      const [program, command = '', ...words] = script.split(' ');
      expect(program).to.equal('pp-connector');
      const spec = await commands[command]?.load();
      if (spec === undefined) throw new Error(`there is no command ${command}`);
      parseArguments(spec, words);
    });
  }
});

describe('templates of a repository', () => {
  it('hold nothing that depends on answers: update takes them as they are', () => {
    for (const name of [...staticFiles, ...workflowsOf(ciProviders.map(({ id }) => id))]) {
      expect(readTemplate('app', ...name.split('/')), name).to.not.contain('<%');
    }
  });
});
