import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { pastePrompt } from '../../../src/repository/questions/paste-prompt.ts';
import { isComplete, pastedTitle } from '../../../src/repository/questions/pasted.ts';
import type { PasteKind } from '../../../src/repository/questions/question.ts';

/** What the prompt answers when this is typed or pasted. */
async function answerTo(paste: PasteKind, keys: string, validate?: (text: string) => true | string): Promise<string> {
  const input = new PassThrough();
  const output = new PassThrough();
  output.resume();
  const answer = pastePrompt(
    { message: 'What?', paste, ...(validate === undefined ? {} : { validate }) },
    { input, output },
  );
  input.write(keys);
  return answer;
}

const command = 'curl https://a.example/b \\\n  -d \'{\n\n  "a": 1 }\'';

describe('a text that is pasted', () => {
  it('is taken as a whole, whatever line ends the terminal makes of it', async () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const keys = command.replaceAll('\n', end);
      expect(await answerTo('curl', `\u001B[200~${keys}\u001B[201~\r`)).to.equal(command);
    }
  });

  it('is taken as a whole where the terminal types it, if no line of it is empty', async () => {
    const typed = command.replace('\n\n', '\n');
    expect(await answerTo('curl', `${typed.replaceAll('\n', '\r')}\r`)).to.equal(typed);
    const json = '{\n  "a": [\n    1\n  ]\n}';
    expect(await answerTo('json', `${json.replaceAll('\n', '\r')}\r`)).to.equal(json);
  });

  it('can be put right', async () => {
    const check = (text: string): true | string => text === 'b' || 'b is meant';
    expect(await answerTo('json', 'a\r\u007Fb\r', check)).to.equal('b');
    expect(await answerTo('json', '{\r\rb\r', check)).to.equal('b');
  });

  it('may be the name of a file, or nothing', async () => {
    expect(await answerTo('json', 'order.json\r')).to.equal('order.json');
    expect(await answerTo('json', '\r')).to.equal('');
  });

  it('is complete when all JSON of it is there, and not before', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
        fc.nat(),
        (value, cut) => {
          const text = JSON.stringify(value, null, 2);
          expect(isComplete('json', text)).to.equal(true);
          expect(isComplete('json', text.slice(0, 1 + (cut % (text.length - 1))))).to.equal(false);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  for (const [text, expected] of [
    ['curl https://a.example', true],
    ['curl https://a.example \\', false],
    ['curl https://a.example ^', false],
    ['curl https://a.example `', false],
    ["curl -d '{", false],
    ["curl -d 'it\\'", true],
    ['curl -d "\\"', false],
    ['curl ^"https://a.example^" ^\n  -H ^"a: it\'s^"', true],
  ] as const) {
    it(`${JSON.stringify(text)} is ${expected ? 'complete' : 'to go on'}`, () => {
      expect(isComplete('curl', text)).to.equal(expected);
    });
  }

  it('leaves nothing of a key on the screen', () => {
    expect(pastedTitle('curl', `curl -H 'X-Key: secret'`)).to.equal('curl (1 line)');
    expect(pastedTitle('json', '{\n}')).to.equal('JSON (2 lines)');
    expect(pastedTitle('curl', 'call.txt')).to.equal('call.txt');
  });
});
