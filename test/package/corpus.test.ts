import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { clientIdPlaceholder } from '../../src/authentication/authentication.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { profileOf } from '../../src/connector/profile.ts';
import { planFolder, submittedName } from '../../src/package/pull-request/plan-folder.ts';
import { submittedFiles } from '../../src/package/pull-request/submitted-files.ts';
import { isPlaceholder } from '../../src/rules/support/placeholders.ts';
import { corpus, temporaryFolder } from '../support/folders.ts';

/** What is published has been through a pull request: its folder made anew is the same, but for client ids. */
describe('the folders of published connectors', () => {
  const source = join(corpus, 'connectors');
  if (!existsSync(source)) {
    it.skip(`needs the published connectors in ${source}`);
    return;
  }
  const output = temporaryFolder('output');
  const names = readdirSync(source)
    .filter((group) => group !== 'custom-connectors')
    .flatMap((group) => readdirSync(join(source, group)).map((name) => join(group, name)));

  /** With one and the same id for all OAuth clients, and without secrets that are not placeholders. */
  const withoutClients = (text: string): string =>
    text
      .replaceAll(/"clientId"\s*:\s*"([^"]*)"/g, (whole, id: string) =>
        isPlaceholder(id) && id !== clientIdPlaceholder ? whole : '"clientId": "…"',
      )
      .replaceAll(/,?\s*"clientSecret"\s*:\s*"([^"]*)"/g, (whole, secret: string) =>
        isPlaceholder(secret) ? whole : '',
      );

  for (const name of names) {
    it(name, () => {
      const connector = loadConnector(join(source, name));
      const profile = profileOf(connector);
      if (profile === 'custom') throw new Error('not a folder of submitted connectors');
      const plan = () =>
        planFolder(connector, { name: submittedName(connector, undefined), profile, output, proposal: false });
      const isBroken = [connector.definition, connector.properties].some((file) => (file?.problems.length ?? 0) > 0);
      if (isBroken) {
        expect(plan).to.throw(/:\d+:\d+: /);
        return;
      }
      const { folder, files } = plan();
      for (const { role, name: file, profiles } of submittedFiles) {
        const before = profiles.includes(profile) ? connector[role]?.bytes : undefined;
        const after = files.find(({ path }) => path === join(folder, file))?.contents ?? undefined;
        if (role !== 'properties') expect(after, file).to.deep.equal(before);
        else expect(withoutClients(String(after)), file).to.equal(withoutClients(String(before)));
      }
    });
  }

  it('are most of them called by their titles', () => {
    const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
    const same = names.filter((name) => {
      const connector = loadConnector(join(source, name));
      const isReadable = connector.definition?.problems.length === 0;
      return isReadable && plain(submittedName(connector, undefined)) === plain(basename(name));
    });
    // 84 % of all certified ones and 91 % of the independent ones
    expect(same.length / names.length).to.be.greaterThan(0.75);
  });
});
