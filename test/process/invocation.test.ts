import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { UserError } from '../../src/errors.ts';
import { formatCommand, shellPath } from '../../src/process/command.ts';
import { invocation } from '../../src/process/invocation.ts';
import { onOneLine } from '../../src/shown.ts';
import { oddNames } from '../support/odd-names.ts';

const windows = { platform: 'win32', env: { ComSpec: 'C:\\Windows\\System32\\cmd.exe' } } as const;
const linux = { platform: 'linux', env: {} } as const;
const shim = 'C:\\Users\\Ann & Bob\\pac.cmd';

describe('invocation', () => {
  it('starts everything directly outside Windows, and .exe files on Windows', () => {
    const args = ['a b', '"', '%PATH%'];
    expect(invocation('/usr/bin/pac', args, linux)).to.deep.equal({ file: '/usr/bin/pac', args, verbatim: false });
    expect(invocation('C:\\pac.exe', args, windows)).to.deep.equal({ file: 'C:\\pac.exe', args, verbatim: false });
  });

  it('starts .cmd files through cmd.exe, each word quoted, each special character escaped', () => {
    const { file, args, verbatim } = invocation(shim, ['connector', 'a & calc.exe', '%SECRET%', 'C:\\dir\\'], windows);
    expect(file).to.equal('C:\\Windows\\System32\\cmd.exe');
    expect(verbatim).to.equal(true);
    expect(args).to.deep.equal([
      '/d',
      '/s',
      '/c',
      '"^"C:\\Users\\Ann^ ^&^ Bob\\pac.cmd^" ^"connector^" ^"a^ ^&^ calc.exe^" ^"^%SECRET^%^" ^"C:\\dir\\\\^""',
    ]);
  });

  it('leaves no special character unescaped, whatever the arguments are', () => {
    const every = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => index + 32)).replaceAll('"', '');
    const line = invocation(shim, [every, 'a|b>c<d^e', '(x)', '!y!'], windows).args[3]?.slice(1, -1) ?? '';
    const words = line.replaceAll(/\^./gs, '').split(' ');
    expect(words.join('')).to.not.match(/[()\][%!^"`<>&|;,*?]/);
  });

  it('refuses what cmd.exe cannot carry', () => {
    for (const arg of ['say "hi"', 'two\nlines', 'a\r', 'nul\0']) {
      expect(() => invocation(shim, [arg], windows)).to.throw(UserError, /can't be passed/);
    }
  });

  it('names no secret in its refusal', () => {
    expect(() => invocation(shim, ['s3"cr3t'], windows, ['s3"cr3t'])).to.throw(UserError, /^"\*\*\*": double quotes/);
  });
});

describe('formatCommand', () => {
  const command = (...args: string[]) => ({ program: 'pac', args, cwd: '/' });

  it('leaves plain words alone', () => {
    const plain = command(
      'connector',
      'create',
      '--settings-file',
      'settings.json',
      '--environment',
      'https://a.crm4.dynamics.com/',
    );
    const text = 'pac connector create --settings-file settings.json --environment https://a.crm4.dynamics.com/';
    expect(formatCommand(plain, 'linux')).to.equal(text);
    expect(formatCommand(plain, 'win32')).to.equal(text);
  });

  it('quotes for sh', () => {
    expect(formatCommand(command("/tmp/Tom's $HOME/a b"), 'darwin')).to.equal(`pac '/tmp/Tom'\\''s $HOME/a b'`);
    expect(formatCommand(command(''), 'linux')).to.equal(`pac ''`);
  });

  it('quotes for Windows', () => {
    expect(formatCommand(command('C:\\Users\\Ann Example\\'), 'win32')).to.equal('pac "C:\\Users\\Ann Example\\\\"');
    // nothing that PowerShell would run
    expect(formatCommand(command('a "b" $(calc) `c \u201d'), 'win32')).to.equal('pac "a ""b"" `$(calc) ``c `\u201d"');
  });

  it('is taken by sh as it was meant, and steers no terminal', function () {
    if (process.platform === 'win32') this.skip();
    const line = formatCommand({ program: 'printf', args: ['%s\\0', ...oddNames], cwd: '/' }, 'linux');
    expect(onOneLine(line)).to.equal(line);
    const { stdout } = spawnSync('bash', ['-c', line], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(stdout.split('\0')).to.deep.equal([...oddNames, '']);
  });
});

describe('shellPath', () => {
  it('is no flag', () => {
    expect(['-a b', '--help', 'a'].map((path) => shellPath(path, 'linux'))).to.deep.equal([
      "'./-a b'",
      './--help',
      'a',
    ]);
  });
});
