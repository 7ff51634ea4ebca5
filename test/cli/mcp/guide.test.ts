import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { tools } from '../../../src/cli/mcp/tools.ts';
import { checkout, readJson, temporaryFolder } from '../../support/folders.ts';
import { warmCli } from '../../support/warm/warm.ts';
import { Agent } from './agent.ts';

const guide = readFileSync(join(checkout, 'docs', 'guides', 'agents.md'), 'utf8');

describe('the guide to agents', () => {
  it('shows commands that work as they are printed', () => {
    const cwd = temporaryFolder();
    const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));
    expect(blocks).to.have.length(2);
    for (const line of blocks) {
      const { status, stderr } = warmCli(line.split(' ').slice(1), { cwd });
      expect(status, `${line}\n${stderr}`).to.equal(0);
    }
  });

  it('names every tool', () => {
    for (const { name } of tools) expect(guide).to.contain(name === 'invoke' ? '--allow invoke' : `\`${name}\``);
  });

  it('has settings that start a server where the package is installed', async function () {
    this.timeout(30_000);
    const root = temporaryFolder();
    expect(warmCli(['new', '.', '--yes'], { cwd: root }).status).to.equal(0);
    const settings = readJson(root, '.mcp.json') as {
      mcpServers: { 'pp-connector': { command: string; args: string[] } };
    };
    const { command, args } = settings.mcpServers['pp-connector'];
    expect([command, args[0]]).to.deep.equal(['node', 'node_modules/generator-pp-connector/dist/pp-connector.cjs']);
    const editor = readJson(root, '.vscode/mcp.json') as { servers: { 'pp-connector': { args: string[] } } };
    const inFolder = editor.servers['pp-connector'].args.map((arg) => arg.replace(/^\$\{workspaceFolder\}\/?/, ''));
    expect(inFolder.map((arg) => arg || '.')).to.deep.equal(args);
    const agent = await Agent.connect(root, args.slice(4));
    expect((await agent.call('overview')).isError).to.equal(false);
    await agent.close();
  });

  it('tells the truth about --agents none', () => {
    const root = temporaryFolder();
    expect(warmCli(['new', '.', '--yes', '--agents', 'none'], { cwd: root }).status).to.equal(0);
    for (const name of ['AGENTS.md', '.mcp.json', '.vscode/mcp.json']) {
      expect(() => readJson(root, name), name).to.throw(/ENOENT/);
    }
  });
});
