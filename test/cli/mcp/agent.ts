import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { buildOnce, program } from '../../support/cli.ts';

export interface Answer {
  json: JsonObject;
  isError: boolean;
  texts: string[];
}

/** A client of the protocol's own library, connected to the built program in a process of its own. */
export class Agent {
  readonly client = new Client({ name: 'test', version: '1.0.0' });
  readonly pid: number;

  private constructor(pid: number) {
    this.pid = pid;
  }

  static async connect(root: string, flags: readonly string[] = [], env: Record<string, string> = {}): Promise<Agent> {
    buildOnce();
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [program, 'mcp', '--root', root, ...flags],
      env: { ...inherited(), ...env },
      stderr: 'ignore',
    });
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(transport);
    return Object.assign(new Agent(transport.pid ?? 0), { client });
  }

  async call(name: string, args: Record<string, unknown> = {}, signal?: AbortSignal): Promise<Answer> {
    const result = await this.client.callTool({ name, arguments: args }, undefined, { signal });
    const texts = (result.content as { text: string }[]).map(({ text }) => text);
    return { json: JSON.parse(texts[0] ?? '') as JsonObject, isError: result.isError === true, texts };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'CI',
    ),
  );
