import { expect } from 'chai';
import { parseCurl } from '../../src/operation/read-curl.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { isComplete } from '../../src/repository/questions/pasted.ts';

const url = 'https://api.contoso.com/v1/orders';
const words = ['-X', 'POST', url, '-H', 'X-Tag: a b', '-d', '{"total": 12.5, "note": "Tom\'s"}'];

/** The same command as shells and browsers write it, with the name of its program. */
const forms: Readonly<Record<string, readonly [program: string, text: string]>> = {
  'of bash': ['curl', `curl -X POST ${url} \\\n  -H 'X-Tag: a b' \\\n  -d '{"total": 12.5, "note": "Tom'\\''s"}'`],
  'of bash, with blanks after the backslash': [
    'curl',
    `curl -X POST ${url} \\ \n  -H "X-Tag: a b" \\\t\n  -d "{\\"total\\": 12.5, \\"note\\": \\"Tom's\\"}"`,
  ],
  'of cmd': [
    'curl',
    `curl -X POST ${url} ^\r\n  -H "X-Tag: a b" ^\r\n  -d "{\\"total\\": 12.5, \\"note\\": \\"Tom's\\"}"`,
  ],
  'of PowerShell': [
    'curl.exe',
    `curl.exe -X POST ${url} \`\r\n  -H "X-Tag: a b" \`\r\n  -d '{"total": 12.5, "note": "Tom''s"}'`,
  ],
  'of PowerShell, with escapes': [
    'curl.exe',
    `curl.exe -X POST "${url}" -H "X-Tag: a b" -d "{\`"total\`": 12.5, ""note"": \`"Tom's\`"}"`,
  ],
  'of Windows PowerShell, which loses quotes': [
    'curl.exe',
    `curl.exe -X POST ${url} \` \n -H 'X-Tag: a b' \`\n -d '{\\"total\\": 12.5, \\"note\\": \\"Tom''s\\"}'`,
  ],
};

describe('a command line that is pasted', () => {
  for (const [name, [program, text]] of Object.entries(forms)) {
    it(`${name}: has the same words`, () => {
      expect(splitCommandLine(text)).to.deep.equal([program, ...words]);
    });

    it(`${name}: goes on until its last line`, () => {
      const lines = text.split(/\r?\n/);
      const complete = lines.map((_, index) => isComplete('curl', lines.slice(0, index + 1).join('\n')));
      expect(complete).to.deep.equal(lines.map((_, index) => index === lines.length - 1));
    });
  }

  it('may have the prompt before it, or the fence of Markdown around it', () => {
    const plain = `curl -X DELETE ${url}`;
    for (const text of [`$ ${plain}`, `PS C:\\Tom's> ${plain}`, `C:\\>${plain}`, `\`\`\`sh\n${plain}\n\`\`\``]) {
      const { request } = parseCurl(text);
      expect([request.method, request.url], text).to.deep.equal(['DELETE', url]);
    }
  });

  it('keeps JSON that is right as it is', () => {
    const json = '{"say": "\\"yes\\""}';
    expect(splitCommandLine(`curl.exe ${url} \`\n -d '${json}'`).at(-1)).to.equal(json);
  });

  it('says what to copy instead of what browsers also copy', () => {
    for (const text of [`Invoke-WebRequest -Uri "${url}"`, `fetch("${url}")`, `wget ${url}`]) {
      expect(() => parseCurl(text), text)
        .to.throw(/not a curl command/)
        .with.property('hint')
        .that.contains('Copy as cURL');
    }
  });
});
