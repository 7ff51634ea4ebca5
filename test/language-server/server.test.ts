import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readText, readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { Editor, edited, uriOf } from './editor.ts';

interface Shown {
  file: string;
  rule: string;
  line: number;
  column: number;
  severity: string;
  message: string;
}

const severityNames = ['', 'error', 'warning', 'info'];

/** Code that asks for an operation, and has its id also elsewhere. */
const codeOf = (id: string): string => `public class Script : ScriptBase
{
    // "${id}" in a comment
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        if (this.Context.OperationId == "${id}") { }
        var name = Name("${id}");
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken);
    }
}
`;

describe('lsp: a server for editors', function () {
  this.timeout(60_000);

  let pattern: Record<string, Buffer> = {};
  let root = '';
  let definition = '';
  let properties = '';
  let editor: Editor;

  before(() => {
    const folder = temporaryFolder();
    expect(warmCli(['new', '.', '--yes', '--auth', 'api-key'], { cwd: folder }).status).to.equal(0);
    const policy = [
      'policy',
      '--template',
      'setheader',
      '--set',
      'name=X-V',
      '--set',
      'value=1',
      '--operations',
      'GetItem',
    ];
    expect(warmCli(policy, { cwd: folder }).status).to.equal(0);
    pattern = readTree(folder);
  });

  beforeEach(async () => {
    root = writeTree(temporaryFolder(), pattern);
    definition = join(root, 'connector', 'apiDefinition.json');
    properties = join(root, 'connector', 'apiProperties.json');
    editor = await Editor.start(root, { commands: true });
  });

  afterEach(() => editor.close());

  /** What `validate` says of a file that is like in the editor. */
  const validated = (name: string): Shown[] => {
    const { stdout } = warmCli(['validate', '--format', 'json'], { cwd: root });
    const report = JSON.parse(stdout) as { connectors: { findings: Shown[] }[] };
    return report.connectors.flatMap(({ findings }) => findings).filter(({ file }) => file === name);
  };

  const lineOf = (uri: string, line: number): string =>
    (readFileSync(fileURLToPath(uri), 'utf8').split('\n')[line] ?? '').trim();

  it('shows the findings of validate, and other ones as they are typed', async () => {
    await editor.open(definition);
    const first = await editor.diagnosticsOf(definition);
    const brief = (shown: Shown) => [shown.rule, shown.severity, shown.line, shown.column, shown.message];
    expect(
      first.map(({ code, severity, range, message }) => [
        code,
        severityNames[severity ?? 0],
        range.start.line + 1,
        range.start.character + 1,
        message,
      ]),
    ).to.deep.equal(validated('connector/apiDefinition.json').map(brief));
    expect(first.every(({ source }) => source === 'pp-connector')).to.equal(true);

    await editor.type(definition, editor.text(definition).replace('"List items"', '"List items."'));
    const second = await editor.diagnosticsOf(definition);
    const news = second.filter(({ code }) => !first.some((old) => old.code === code));
    expect(news.map(({ code }) => code)).to.include('operation-summary-ending');
    const [ending] = news.filter(({ code }) => code === 'operation-summary-ending');
    const { range } = ending ?? {};
    const line = editor.text(definition).split('\n')[range?.start.line ?? 0] ?? '';
    expect(line.slice(range?.start.character, range?.end.character)).to.equal('"List items."');
  });

  it('repairs with the bytes that fix writes', async () => {
    const broken = editor.text(definition).replace('"List items"', '"List items."');
    await editor.open(definition, broken);
    const diagnostics = await editor.diagnosticsOf(definition);
    const own = diagnostics.filter(({ code }) => code === 'operation-summary-ending');
    const [action] = await editor.actions(definition, own);
    const edits = action?.edit?.changes?.[uriOf(definition)] ?? [];
    writeTree(root, { 'connector/apiDefinition.json': broken });
    expect(warmCli(['fix'], { cwd: root }).status).to.equal(0);
    expect(edited(broken, edits)).to.equal(readText(root, 'connector/apiDefinition.json'));
    const all = await editor.actions(definition, [], ['source.fixAll']);
    expect(all).to.have.length(1);
    expect(edited(broken, all[0]?.edit?.changes?.[uriOf(definition)] ?? [])).to.equal(
      readText(root, 'connector/apiDefinition.json'),
    );
  });

  it('explains a rule, and how makers see a field', async () => {
    await editor.open(definition);
    await editor.diagnosticsOf(definition);
    const rule = await editor.hover(definition, editor.find(definition, '"host": "api.contoso.com"', 10));
    expect(JSON.stringify(rule)).to.contain('sample-host').and.contain('Remedy');
    const field = await editor.hover(definition, editor.find(definition, '"itemId"', 2));
    expect(JSON.stringify(field)).to.match(/Makers see \*\*Item ID\*\* in \*Get item\* \(required/);
    const key = await editor.hover(definition, editor.find(definition, '"swagger"', 2));
    expect(JSON.stringify(key)).to.match(/swagger|version/i);
  });

  it('completes what schemas and what the connector know', async () => {
    const labels = async (path: string, text: string, words: string, inside: number): Promise<string[]> => {
      await editor.open(path, text);
      return (await editor.completions(path, editor.find(path, words, inside))).map(({ label }) => label);
    };
    const props = readText(root, 'connector/apiProperties.json');
    const template = props.replace('"templateId": "setheader"', '"templateId": ""');
    expect(await labels(properties, template, '"templateId": ""', 15)).to.include.members([
      'setheader',
      'dynamichosturl',
    ]);
    const operation = props.replace('"GetItem"', '""');
    expect(await labels(properties, operation, '""', 1)).to.include.members(['ListItems', 'CreateItem', 'GetItem']);
    const expression = props.replace(
      /"x-ms-apimTemplateParameter\.value": "[^"]*"/,
      `"x-ms-apimTemplateParameter.value": "@connectionParameters('"`,
    );
    expect(await labels(properties, expression, "@connectionParameters('", 23)).to.include('api_key');
    const keys = readText(root, 'connector/apiDefinition.json').replace(
      '"operationId": "GetItem",',
      '"operationId": "GetItem", "",',
    );
    expect(await labels(definition, keys, '"operationId": "GetItem", ""', 26)).to.include.members([
      'x-ms-trigger',
      'deprecated',
    ]);
    const text = readText(root, 'connector/apiDefinition.json');
    const visibility = text.replace('"operationId": "GetItem",', '"operationId": "GetItem", "x-ms-visibility": "",');
    expect(await labels(definition, visibility, '"x-ms-visibility": ""', 20)).to.include.members([
      'important',
      'advanced',
      'internal',
    ]);
    const half = `${text.slice(0, text.indexOf('"operationId": "GetItem"'))}"x-ms-dynamic-values": { "operationId": "`;
    expect(await labels(definition, half, '"x-ms-dynamic-values": { "operationId": "', 41)).to.include('ListItems');
  });

  it('goes to what a name means, and finds its uses', async () => {
    await editor.open(properties);
    const use = editor.find(properties, '"GetItem"', 2);
    const [target] = await editor.places('definition', properties, use);
    expect(target?.uri).to.equal(uriOf(definition));
    const line = readText(root, 'connector/apiDefinition.json').split('\n')[target?.range.start.line ?? 0];
    expect(line).to.contain('"operationId": "GetItem"');
    const uses = await editor.places('references', properties, use);
    expect(uses.map(({ uri }) => uri.split('/').at(-1))).to.deep.equal([
      'apiDefinition.json',
      'apiProperties.json',
      'GetItem.test.yaml',
    ]);
  });

  it('knows operations in the code and in the tests, there and back', async () => {
    const script = join(root, 'connector', 'script.csx');
    const test = join(root, 'tests', 'GetItem.test.yaml');
    writeTree(root, { 'connector/script.csx': codeOf('GetItem') });
    await editor.open(script);
    await editor.open(test);
    for (const [path, words] of [
      [script, '== "GetItem"'],
      [test, 'operation: GetItem'],
    ] as const) {
      const [target, ...others] = await editor.places('definition', path, editor.find(path, words, words.length - 3));
      expect([target?.uri, others.length]).to.deep.equal([uriOf(definition), 0]);
    }
    await editor.open(definition);
    const places = await editor.places('references', definition, editor.find(definition, '"GetItem"', 2));
    const lines = places.map(({ uri, range }) => [uri.split('/').at(-1), lineOf(uri, range.start.line)]);
    expect(lines).to.deep.equal([
      ['apiDefinition.json', '"operationId": "GetItem",'],
      ['apiProperties.json', '"GetItem"'],
      ['script.csx', 'if (this.Context.OperationId == "GetItem") { }'],
      ['script.csx', 'var name = Name("GetItem");'],
      ['GetItem.test.yaml', 'operation: GetItem'],
    ]);
    expect(await editor.places('definition', script, editor.find(script, '// "GetItem"', 6))).to.deep.equal([]);
    const edit = await editor.rename(script, editor.find(script, '== "GetItem"', 6), 'ReadItem');
    const files = [definition, properties, script, test].map(uriOf);
    expect(Object.keys(edit.changes ?? {}).sort()).to.deep.equal(files.sort());
    const renamed = codeOf('GetItem').replace('== "GetItem"', '== "ReadItem"');
    expect(edited(codeOf('GetItem'), edit.changes?.[uriOf(script)] ?? [])).to.equal(renamed);
  });

  it('renames an operation in all files that name it', async () => {
    await editor.open(definition);
    const edit = await editor.rename(definition, editor.find(definition, '"GetItem"', 3), 'ReadItem');
    const names = Object.keys(edit.changes ?? {}).sort();
    expect(names).to.deep.equal([definition, properties, join(root, 'tests', 'GetItem.test.yaml')].map(uriOf).sort());
    const after = edited(readText(root, 'connector/apiDefinition.json'), edit.changes?.[uriOf(definition)] ?? []);
    expect(after).to.equal(readText(root, 'connector/apiDefinition.json').replaceAll('"GetItem"', '"ReadItem"'));
    let message = '';
    await editor.rename(definition, editor.find(definition, '"GetItem"', 3), 'ListItems').catch((error: Error) => {
      message = error.message;
    });
    expect(message).to.contain('the id is taken by GET /items');
  });

  it('offers what can be done with an operation, to editors that have the commands', async () => {
    await editor.open(definition);
    const lenses = await editor.lenses(definition);
    expect(lenses.map(({ command }) => command.command).slice(0, 3)).to.deep.equal([
      'pp-connector.preview',
      'pp-connector.invoke',
      'pp-connector.test',
    ]);
    expect(lenses[0]?.command.arguments).to.deep.equal([root, 'ListItems']);
    const plain = await Editor.start(root);
    await plain.open(definition);
    expect(await plain.lenses(definition)).to.deep.equal([]);
    await plain.close();
  });

  it('says nothing of files that belong to no connector', async () => {
    const other = writeTree(temporaryFolder(), { 'package.json': '{ "name": ' });
    await editor.open(join(other, 'package.json'));
    expect(await editor.hover(join(other, 'package.json'), { line: 0, character: 3 })).to.equal(null);
  });
});
