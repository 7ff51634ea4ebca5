import { expect } from 'chai';
import { type Json, type JsonObject, valueAt } from '../../src/connector/json/value.ts';
import { readJson, snapshot, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { exampleRepository, findings, operation } from './support.ts';

const parametersAt = (cwd: string, path: string): Json | undefined =>
  valueAt(readJson(cwd, 'connector/apiDefinition.json') as Json, ['paths', path, 'get', 'parameters']);

const repository = (): string => writeTree(exampleRepository(), { 'o.json': '{ "items": [ { "id": "a" } ] }' });

describe('a dynamic tree', () => {
  const base = { path: '/files', param: ['folderId:query:required'], responseSample: 'o.json' };
  const helper = ['ListRoot=GET /folders', 'ListFolder=GET /folders/{folder}'];
  const treeOf = async (text: string): Promise<Json> => {
    const cwd = repository();
    await operation(cwd, { ...base, dynamicTree: [text], helper });
    return valueAt(parametersAt(cwd, '/files') ?? null, ['0', 'x-ms-dynamic-tree']) ?? null;
  };

  it('opens what has children, and lets leaves be chosen', async () => {
    expect(await treeOf('folderId=ListRoot>ListFolder(folder=*):items:id:name:isFolder')).to.deep.equal({
      settings: { canSelectParentNodes: false, canSelectLeafNodes: true },
      open: {
        operationId: 'ListRoot',
        itemsPath: 'items',
        itemValuePath: 'id',
        itemTitlePath: 'name',
        itemIsParent: '(isFolder eq true)',
      },
      browse: {
        operationId: 'ListFolder',
        itemsPath: 'items',
        itemValuePath: 'id',
        itemTitlePath: 'name',
        itemIsParent: '(isFolder eq true)',
        parameters: { folder: { selectedItemValuePath: 'id' } },
      },
    });
  });

  it('has lists in two places, the whole path of a node, and nodes that can all be chosen', async () => {
    const tree = await treeOf('folderId=ListRoot>ListFolder(folder=*):roots>:id:name:true:path:all');
    expect(tree).to.deep.include({ settings: { canSelectParentNodes: true, canSelectLeafNodes: true } });
    expect(valueAt(tree, ['open'])).to.include({ itemsPath: 'roots', itemIsParent: 'true', itemFullTitlePath: 'path' });
    expect(valueAt(tree, ['browse']))
      .to.include({ itemIsParent: 'true' })
      .and.to.not.have.property('itemsPath');
  });

  it('of which only parents can be chosen', async () => {
    const tree = await treeOf('folderId=ListRoot>ListFolder(folder=*):items:id:name:isFolder:parents');
    expect(tree).to.deep.include({ settings: { canSelectParentNodes: true, canSelectLeafNodes: false } });
  });
});

describe('extensions and limits of a parameter in a file of answers', () => {
  it('are written as they are', async () => {
    const cwd = writeTree(repository(), {
      'a.yaml':
        'path: /files\nresponseSample: o.json\nextension: { x-ms-openai-data: { openai-enabled: true } }\n' +
        'param:\n  - { name: code, in: query, pattern: "^[a-z]+$", minLength: 2, extensions: { x-ms-test-value: ab } }\n',
    });
    await operation(cwd, { answers: 'a.yaml' });
    expect(valueAt(parametersAt(cwd, '/files') ?? null, ['0'])).to.include({
      pattern: '^[a-z]+$',
      minLength: 2,
      'x-ms-test-value': 'ab',
    });
    expect(
      valueAt(readJson(cwd, 'connector/apiDefinition.json') as Json, ['paths', '/files', 'get', 'x-ms-openai-data']),
    ).to.deep.equal({ 'openai-enabled': true });
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
  });
});

describe('questions about dynamic inputs', () => {
  /** Answers one after the other; then the last one again. */
  const inOrder = (...answers: string[]) => {
    let at = 0;
    return () => answers[Math.min(at++, answers.length - 1)] ?? '';
  };
  const none = { parameter: '', reference: '', helper: '' };
  const answers = { kind: 'action', method: 'get', path: '/files', responseSample: 'o.json', ...none };

  it('ask for choices, fields and trees, and for the operations after them', async () => {
    const cwd = repository();
    const { questions } = await generate('operation', {
      cwd,
      answers,
      reply: {
        parameter: inOrder('projectId:query:required', 'folderId:query:required', ''),
        dynamic: inOrder('dynamicValues', 'dynamicTree', 'dynamicSchema', 'no'),
        reference: inOrder(
          'projectId=ListProjects:items:id:name',
          'folderId=ListRoot>ListFolder(folder=*):items:id:name:isFolder',
          'response=GetFileSchema(project=@projectId)',
        ),
        helper: inOrder('/projects', '/folders', '/folders/{folder}', '/projects/{project}/schema'),
      },
    });
    expect(
      questions.filter(({ name }) => name === 'helper').map(({ message }) => /no (\w+) yet/.exec(message)?.[1]),
    ).to.deep.equal(['ListProjects', 'ListRoot', 'ListFolder', 'GetFileSchema']);
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
    const paths = valueAt(readJson(cwd, 'connector/apiDefinition.json') as Json, ['paths']) as JsonObject;
    expect(paths).to.include.keys('/projects', '/folders', '/folders/{folder}', '/projects/{project}/schema');
  });

  it('refuse what an operation that is there does not answer, as it is typed', async () => {
    const cwd = repository();
    const { questions } = await generate('operation', {
      cwd,
      answers,
      reply: { parameter: inOrder(''), dynamic: inOrder('dynamicValues', 'no'), reference: inOrder('') },
    });
    const check = questions.find(({ name }) => name === 'reference')?.validate;
    expect(check?.('')).to.equal(true);
    expect(check?.('id=ListRegions:items:id:name')).to.equal(true);
    expect(check?.('id=ListRegions:items:key:name')).to.match(/an item of ListRegions has no "key"/);
    expect(check?.('id=AadGraph.GetUsers::id:displayName')).to.equal(true);
    expect(check?.('nonsense')).to.match(/says no field/);
  });

  it('ask for nothing more without them', async () => {
    const cwd = repository();
    const before = snapshot(cwd);
    const { questions } = await generate('operation', { cwd, answers, reply: { parameter: inOrder('') } });
    expect(questions.map(({ name }) => name))
      .to.include('dynamic')
      .and.to.not.include('reference');
    expect(snapshot(cwd)).to.not.deep.equal(before);
  });
});
