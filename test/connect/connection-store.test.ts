import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import { ConnectionStore } from '../../src/connect/connection-store.ts';
import { findKeychain, type Keychain } from '../../src/connect/keychain.ts';
import { openBrowser, openerFor } from '../../src/connect/open-browser.ts';
import { readPasted } from '../../src/connect/sign-in/pasted.ts';
import { safeAddress } from '../../src/connect/sign-in/requests.ts';
import type { StoredConnection } from '../../src/connect/stored-connection.ts';
import { isUserError } from '../../src/errors.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

const secret = 'pl4nt3d-value';
const connection = (more: Partial<StoredConnection> = {}): StoredConnection => ({
  name: 'default',
  connector: 'Contoso',
  folder: '/contoso',
  set: undefined,
  saved: '2026-11-28T12:00:00.000Z',
  chosen: 1,
  destinations: [],
  contents: { values: { api_key: secret } },
  ...more,
});

/** A keychain that keeps everything in memory, with the limit of Windows. */
function memory(): Keychain & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    set: (account, text) => {
      if (text.length * 2 > 2560) throw new Error('too long');
      entries.set(account, text);
    },
    get: (account) => entries.get(account),
    remove: (account) => {
      entries.delete(account);
    },
  };
}

describe('stored connections', () => {
  const saved = { ...process.env };
  let root: string;

  beforeEach(() => {
    const base = temporaryFolder('store');
    root = join(base, 'connector');
    mkdirSync(root);
    process.env.XDG_STATE_HOME = join(base, 'state');
    process.env.LOCALAPPDATA = join(base, 'state');
  });

  afterEach(() => {
    process.env.XDG_STATE_HOME = saved.XDG_STATE_HOME;
    process.env.LOCALAPPDATA = saved.LOCALAPPDATA;
    for (const name of ['XDG_STATE_HOME', 'LOCALAPPDATA'])
      if (saved[name] === undefined) Reflect.deleteProperty(process.env, name);
  });

  it('are in the keychain where there is one, in parts that fit, and nowhere else', () => {
    const keychain = memory();
    const store = ConnectionStore.of(root, keychain);
    const values = { token: `${secret}${'x'.repeat(5000)}`, tenant: 'ü😀' };
    expect(store.save(connection({ contents: { values } }))).to.equal('keychain');
    expect(keychain.entries.size).to.be.greaterThan(3);
    const { path = '' } = store.current() ?? {};
    expect(readFileSync(path, 'utf8')).not.to.include('pl4nt3d');
    expect(store.read()?.contents.values).to.deep.equal(values);
    store.save(connection());
    expect(keychain.entries.size).to.equal(1);
    expect(store.forget('default')).to.equal(true);
    expect(keychain.entries.size).to.equal(0);
  });

  it('are in the private file where the keychain refuses, and missed where it is gone', () => {
    const refusing: Keychain = {
      set: () => {
        throw new Error('no session');
      },
      get: () => undefined,
      remove: () => {},
    };
    const store = ConnectionStore.of(root, refusing);
    expect(store.save(connection())).to.equal('file');
    expect(store.read()?.contents.values).to.deep.equal({ api_key: secret });
    ConnectionStore.of(root, memory()).save(connection());
    expect(() => ConnectionStore.of(root).read()).to.throw('keychain');
  });

  it('are neither given nor forgotten by a keychain that is locked, and both once it is open', () => {
    const open = memory();
    const locked = (): never => {
      throw new Error("Couldn't access platform storage:\n\u001b[31mAccessDenied");
    };
    ConnectionStore.of(root, open).save(connection());
    const closed = ConnectionStore.of(root, { set: locked, get: locked, remove: locked });
    expect(() => closed.read()).to.throw(
      /are in the keychain, which does not give them: Couldn't access [^\n\u001b]*AccessDenied$/,
    );
    expect(() => closed.forget('default')).to.throw('in the keychain, which does not delete them');
    // nor by one whose module somebody has removed
    expect(() => ConnectionStore.of(root).forget('default')).to.throw('in the keychain, which does not delete them');
    expect(ConnectionStore.of(root, open).read()?.contents.values).to.deep.equal({ api_key: secret });
    expect(ConnectionStore.of(root, open).forget('default')).to.equal(true);
    expect(open.entries.size).to.equal(0);
    expect(ConnectionStore.of(root).list()).to.deep.equal([]);
  });

  it('are deleted from the keychain by each version of its module', () => {
    const entries = (methods: string) =>
      `const all = new Map();
       exports.Entry = class {
         constructor(service, account) { this.key = service + account; }
         setPassword(text) { all.set(this.key, text); }
         getPassword() { return all.get(this.key) ?? null; }
         ${methods}
       };`;
    const versions = {
      older: 'deletePassword() { if (!all.delete(this.key)) throw new Error("no entry"); }',
      later: 'deleteCredential() { return all.delete(this.key); }',
      refusing: 'deleteCredential() { return false; }',
    };
    for (const [name, methods] of Object.entries(versions)) {
      const tree = writeTree(temporaryFolder(name), {
        'package.json': '{}',
        'node_modules/@napi-rs/keyring/package.json': '{"name":"@napi-rs/keyring","main":"index.js"}',
        'node_modules/@napi-rs/keyring/index.js': entries(methods),
      });
      const store = ConnectionStore.of(root, findKeychain(tree));
      expect(store.save(connection({ name }))).to.equal('keychain');
      expect(store.read(name)?.contents.values).to.deep.equal({ api_key: secret });
      if (name === 'refusing') expect(() => store.forget(name)).to.throw('does not delete them');
      else expect(store.forget(name)).to.equal(true);
      expect(findKeychain(tree)?.remove('nothing'), name).to.equal(undefined);
    }
    expect(
      ConnectionStore.of(root)
        .list()
        .map(({ name }) => name),
    ).to.deep.equal(['refusing']);
  });

  it('leave nothing when they are forgotten, also what a killed write has left', () => {
    const store = ConnectionStore.of(root);
    for (const name of ['one', 'one.json.two']) store.save(connection({ name }));
    const path = store.pathOf('one');
    for (const end of ['0a1b2c3d.tmp', '0a1b2c3d.bak']) writeFileSync(`${path}.${end}`, secret);
    expect(store.forget('one')).to.equal(true);
    expect(readdirSync(dirname(path))).to.deep.equal([basename(store.pathOf('one.json.two'))]);
    expect(store.forget('one')).to.equal(false);
  });

  it('belong to one folder and this user: another connector has none of them, links and pipes are left alone', function () {
    const store = ConnectionStore.of(root);
    store.save(connection());
    expect(ConnectionStore.of(join(dirname(root), 'other')).list()).to.deep.equal([]);
    expect(ConnectionStore.of(join(dirname(root), 'other')).listAll()).to.have.length(1);
    if (process.platform === 'win32') this.skip();
    const { path = '' } = store.current() ?? {};
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(statSync(dirname(path)).mode & 0o077).to.equal(0);
    const elsewhere = join(root, 'elsewhere.json');
    writeFileSync(elsewhere, 'untouched');
    symlinkSync(elsewhere, store.pathOf('linked'));
    expect(() => store.save(connection({ name: 'linked' }))).to.throw('not a file of yours');
    expect(() => store.read('linked')).to.throw('not the file of a connection');
    expect(readFileSync(elsewhere, 'utf8')).to.equal('untouched');
  });

  it('look for the keychain in the package and beside it, not above it, nor in a repository', () => {
    const module = {
      'package.json': '{"name":"@napi-rs/keyring","main":"index.js"}',
      'index.js': 'exports.Entry = class { getPassword() { return "found" } setPassword() {} deletePassword() {} };',
    };
    const files = (folder: string): Record<string, string> =>
      Object.fromEntries(Object.entries(module).map(([name, text]) => [`${folder}/@napi-rs/keyring/${name}`, text]));
    const tree = writeTree(temporaryFolder('keyring'), {
      ...files('global/node_modules'),
      'global/node_modules/generator-pp-connector/package.json': '{}',
      ...files('checkout/above/node_modules'),
      'checkout/above/package/package.json': '{}',
      'broken/package.json': '{}',
      'broken/node_modules/@napi-rs/keyring/index.js': 'throw new Error("for another platform")',
    });
    expect(findKeychain(join(tree, 'global/node_modules/generator-pp-connector'))?.get('x')).to.equal('found');
    expect(findKeychain(join(tree, 'checkout/above/package'))).to.equal(undefined);
    expect(findKeychain(join(tree, 'broken'))).to.equal(undefined);
  });
});

describe('addresses of a sign-in', () => {
  it('are https, or http on this machine', () => {
    for (const good of [
      'https://login.contoso.com/a?b=c',
      'http://127.0.0.1:8080/',
      'http://localhost:1',
      'http://[::1]:1',
    ])
      expect(safeAddress('url', good).href).to.include(good.slice(0, 15));
    const bad = [
      'http://contoso.com',
      'http://127.0.0.1.contoso.com',
      'http://localhost.contoso.com',
      'http://0.0.0.0',
      'ftp://127.0.0.1',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'https://user:password@contoso.com',
      '',
      '//contoso.com',
      '-x',
    ];
    for (const address of bad) {
      let thrown: unknown;
      try {
        safeAddress('url', address);
      } catch (error) {
        thrown = error;
      }
      expect(isUserError(thrown), address).to.equal(true);
    }
  });

  it('are read from what is pasted, or it is said what is missing', () => {
    const whole = 'https://global.consent.azure-apim.net/redirect?code=a%2Fb&state=s';
    for (const text of [whole, ` ${whole}\r\n`, `"${whole}"`, `<${whole}>`])
      expect((readPasted(text) as URLSearchParams).get('code')).to.equal('a/b');
    for (const text of [
      '',
      '   ',
      'a%2Fb',
      'code=1&state=2',
      'https://contoso.com/',
      'https://contoso.com/#access_token=1',
    ])
      expect(readPasted(text), text).to.be.a('string');
  });
});

describe('the browser', () => {
  const address = new URL('https://login.contoso.com/authorize?a=1&b="%20$(id)');

  it('is opened without a shell, by a program of the system', () => {
    const host = { env: { SystemRoot: 'C:\\Windows', PATH: '' } };
    expect(openerFor(address, { ...host, platform: 'darwin' })).to.deep.equal({
      file: '/usr/bin/open',
      args: [address.href],
    });
    const windows = openerFor(address, { ...host, platform: 'win32' });
    expect(windows?.file).to.match(/^C:\\Windows.System32.rundll32\.exe$/);
    expect(windows?.args).to.deep.equal(['url.dll,FileProtocolHandler', address.href]);
    expect(address.href).not.to.match(/["\s]/);
    expect(openerFor(address, { ...host, platform: 'linux' })).to.equal(undefined);
  });

  it('inherits no values of the connection', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = writeTree(temporaryFolder('opener'), {});
    const seen = join(folder, 'seen');
    writeFileSync(
      join(folder, 'xdg-open'),
      `#!/bin/sh\n{ echo "$1"; env; } > "${seen}.tmp"\nmv "${seen}.tmp" "${seen}"\n`,
      {
        mode: 0o755,
      },
    );
    const env = { PATH: `${folder}:/bin:/usr/bin`, CONNECTOR_CLIENT_SECRET: secret, CONNECTOR_API_KEY: secret };
    expect(await openBrowser(address, { platform: 'linux', env })).to.equal(true);
    let text = '';
    while (text === '') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      try {
        text = readFileSync(seen, 'utf8');
      } catch {
        // not yet
      }
    }
    expect(text).to.include(address.href).and.not.include('pl4nt3d');
  });
});
