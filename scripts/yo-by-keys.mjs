/** Three people at a terminal, through `yo`, from an empty folder to what a deployment would run. Part of smoke.mjs. */
import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadedConnector } from './downloaded-connector.mjs';
import { keys, Terminal } from './terminal.mjs';

const { down, enter, space } = keys;

const description = JSON.stringify({
  openapi: '3.0.3',
  info: {
    title: 'Parcel Ledger API',
    version: '3',
    description: 'Books parcels with carriers, and follows them until they arrive at their receivers.',
    contact: { name: 'Support', email: 'support@parcelledger.example', url: 'https://www.parcelledger.example/help' },
  },
  servers: [{ url: 'https://api.parcelledger.example/v3' }],
  security: [{ key: [] }],
  paths: {
    '/parcels': {
      get: {
        operationId: 'ListParcels',
        summary: 'List parcels',
        description: 'Returns the parcels of the account, newest first.',
        responses: { 200: { description: 'The parcels.' } },
      },
    },
  },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
});

/** @typedef {{ files?: Record<string, string>, answers: [RegExp, ...string[]][] }} Person */

/**
 * What each of them has, and the answers to what is asked.
 *
 * @param {boolean} isOld yo 5, which says less at the end of a question; after those words it waits
 * @returns {Record<string, Person>}
 */
const peopleOf = (isOld) => {
  /** @param {RegExp} question @param {string} end */
  const asked = (question, end) => (isOld ? question : new RegExp(`${question.source}[\\s\\S]*${end}`));
  const list = (/** @type {RegExp} */ question) => asked(question, 'navigate');
  return {
    maker: {
      answers: [
        [list(/have to begin with\?[\s\S]*A curl command: as the doc/), down, down, enter],
        [asked(/The command/, 'paste it'), `curl https://api.tidepool.example/v2/alerts -H 'X-Key: ab12'`, enter],
        [list(/Read: 1 operation, API key in X-Key[\s\S]*Who will use/), enter],
        [/Title, as makers will see it/, enter],
        [/What does it do\?/, 'Says when the tide is high in a harbour', enter],
        [/Publisher/, enter],
        [list(/Make it like this\?/), enter],
      ],
    },
    vendor: {
      files: { 'api.json': description },
      answers: [
        [/Folder of the connector/, '.', enter],
        [list(/have to begin with\?/), down, enter],
        [/Where is it\?/, 'api.json', enter],
        [list(/Parcel Ledger, 1 operation, API key in X-Key[\s\S]*Who will use/), down, enter],
        [/Publisher.*\(certification/, 'Parcel Ledger Ltd', enter],
        [/Stack owner/, enter],
        [/Website/, 'https://www.parcelledger.example', enter],
        [/Privacy policy/, 'https://www.parcelledger.example/privacy', enter],
        [list(/Categories, at most two/), space, enter],
        [list(/Make it like this\?/), enter],
      ],
    },
    consultant: {
      files: Object.fromEntries(
        Object.entries(downloadedConnector('Harbour Tides', 'tides.example')).map(([name, text]) => [
          join('old', name),
          text,
        ]),
      ),
      answers: [
        // asked where the folder is not empty
        [/Folder of the connector/, '.', enter],
        [list(/have to begin with\?/), down, down, down, enter],
        [/Where is it\?/, 'old', enter],
        [list(/Read: Harbour Tides, 1 operation[\s\S]*Who will use/), enter],
        [/Publisher/, 'Harbour Consulting', enter],
        [list(/Make it like this\?/), enter],
      ],
    },
  };
};

/**
 * @param {{ script: string, isOld: boolean }} yo
 * @param {string} program pp-connector of the same installation
 * @param {(name: string) => { cwd: string, env: NodeJS.ProcessEnv }} place an empty folder of that name, and the environment
 * @param {(program: string, args: string[], cwd: string) => string} output
 */
export async function yoByKeys(yo, program, place, output) {
  for (const [name, { files = {}, answers }] of Object.entries(peopleOf(yo.isOld))) {
    const { cwd, env } = place(name);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(cwd, path, '..'), { recursive: true });
      writeFileSync(join(cwd, path), String(content));
    }
    const terminal = new Terminal(process.execPath, [yo.script, 'pp-connector'], { cwd, env });
    for (const [question, ...words] of answers) await terminal.answer(question, ...words);
    const { status, screen } = await terminal.end();
    assert.equal(status, 0, screen);
    assert.match(screen, /Next:[\s\S]*npm run validate/);
    assert.match(output(process.execPath, [program, 'validate'], cwd), /\b0 errors|No findings/);
    assert.match(output(process.execPath, [program, 'deploy', '--dry-run'], cwd), /pac connector create/);
  }
}
