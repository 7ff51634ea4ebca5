import { expect } from 'chai';
import { loadCSharpParser, type ParseScript } from '../../../src/rules/parsers/csharp.ts';

describe('parseScript', () => {
  let parseScript: ParseScript;
  before(async () => {
    parseScript = await loadCSharpParser();
  });

  const inMethod = (body: string) =>
    parseScript(
      `public class Script : ScriptBase { public override Task<HttpResponseMessage> ExecuteAsync() { ${body} } }`,
    );

  it('reads classes, bases and methods, whatever the blanks', () => {
    const [type] = parseScript(
      'public class Script :\n  Some.ScriptBase {\n  public override async Task < HttpResponseMessage >\n  ExecuteAsync ( ) { } }',
    ).types;
    expect(type).to.deep.include({ kind: 'class', name: 'Script', bases: ['Some.ScriptBase'], nested: false });
    expect(type?.methods[0]).to.deep.include({
      name: 'ExecuteAsync',
      returns: 'Task<HttpResponseMessage>',
      parameters: 0,
    });
  });

  it('tells directives from the same characters in texts and comments', () => {
    const script = parseScript('#r "a.dll"\n/*\n#load "b"\n*/\nclass A { string s = @"\n#r ""c""\n"; }');
    expect(script.directives.map(({ offset }) => offset)).to.deep.equal([0]);
  });

  it('finds what is compared with the operation id, and nothing else', () => {
    const script = inMethod(`
      if (Context.OperationId == "a" || "b" != this.Context.OperationId || other == "no") { }
      if (string.Equals((this.Context.OperationId), "c", StringComparison.Ordinal)) { }
      switch (this.Context.OperationId) { case "d": break; default: break; }
      var x = Context.OperationId switch { "e" or "f" => 1, _ => 2 };
      switch (other) { case "no": break; }`);
    expect(script.operationIds.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('knows the type of a bare new()', () => {
    const { creations } = inMethod('HttpClient a = new(); using var b = new System.Net.Http.HttpClient();');
    expect(creations.map(({ name }) => name)).to.deep.equal(['HttpClient', 'System.Net.Http.HttpClient']);
  });

  it('goes on after a mistake', () => {
    const script = inMethod('string parts[] = text.Split(":\\\\"); string s = "no end;\n return null;');
    expect(script.types[0]?.methods[0]?.name).to.equal('ExecuteAsync');
  });
});
