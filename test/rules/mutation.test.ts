import { expect } from 'chai';
import fc from 'fast-check';
import { asObject, clone, isObject, type Json, type JsonObject, setOwn } from '../../src/connector/json/value.ts';
import { type Connector, connectorFrom, filesOf } from '../../src/connector/load.ts';
import type { Profile } from '../../src/connector/profile.ts';
import type { FileRole, SourceFile, TextFile } from '../../src/connector/source-file.ts';
import type { BadExample, Rule, Subject } from '../../src/rules/engine/rule.ts';
import { RuleConfiguration } from '../../src/rules/engine/rule-configuration.ts';
import { type Finding, runRules } from '../../src/rules/engine/run.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { allRules, ruleById } from '../../src/rules/families/catalogue.ts';
import { fixConnector } from '../../src/rules/fix/fix-connector.ts';
import type { Compilation } from '../../src/script/compilation.ts';

const validate = (
  connector: Connector,
  profile: Profile = 'verified',
  subject: Subject = 'repository',
  compilation?: Compilation,
): Promise<Finding[]> =>
  runRules(connector, {
    compile: compilation && (async () => compilation),
    profile,
    subject,
    rules: allRules,
    settings: new RuleConfiguration(new Set(ruleById.keys()), connector.config?.value, new Map()),
  });

describe('one thing broken in a clean connector', () => {
  for (const rule of allRules) {
    const example = rule.examples?.bad[0];
    if (rule.on === undefined || example === undefined) continue;
    it(`makes ${rule.id} speak, and no other error: ${example.name}`, () => expectOnly(rule, example));
  }

  async function expectOnly(rule: Rule, example: BadExample): Promise<void> {
    const findings = await validate(exampleConnector(example), example.profile, example.subject, example.compilation);
    expect(findings.map((finding) => finding.rule)).to.include(rule.id);
    const allowed = [rule.id, ...(example.implies ?? [])];
    const others = findings.filter((finding) => finding.severity === 'error' && !allowed.includes(finding.rule));
    expect(others.map((finding) => `${finding.rule} ${finding.pointer}: ${finding.message}`)).to.deep.equal([]);
  }
});

describe('a connector with random changes', () => {
  const jsonRoles = ['definition', 'properties', 'settings', 'config'] as const;

  it('is judged without a crash, and every finding has a place in its file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation(), { minLength: 1, maxLength: 8 }),
        profileAndSetting(),
        async (mutations, [profile, subject]) => {
          const connector = mutated(exampleConnector({ profile, subject }), mutations);
          const findings = await validate(connector, profile, subject);
          for (const finding of findings) expectPlace(connector, finding);
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it('is fixed without a crash, and is no worse then', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation(), { minLength: 1, maxLength: 4 }), async (mutations) => {
        const connector = mutated(exampleConnector(), mutations);
        const before = await validate(connector);
        const result = await fixConnector(connector, { validate: (version) => validate(version), wanted: () => true });
        expect(result.findings.length).to.be.at.most(before.length);
        for (const role of jsonRoles) {
          expect(result.connector[role]?.problems.length).to.equal(connector[role]?.problems.length);
        }
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('is judged also when its text is cut or mixed up', async () => {
    const text = JSON.stringify(exampleDefinition, null, 2);
    const cut = fc.record({
      at: fc.nat(text.length),
      length: fc.nat(200),
      insert: fc.oneof(
        fc.string({ maxLength: 5 }),
        fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '/*', '//', '\u0000'),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 4 }), fc.boolean(), async (cuts, wide) => {
        let broken = text;
        for (const { at, length, insert } of cuts) broken = broken.slice(0, at) + insert + broken.slice(at + length);
        const connector = withFile(
          exampleConnector({ subject: 'file' }),
          'definition',
          Buffer.from(broken, wide ? 'utf16le' : 'utf8'),
        );
        for (const finding of await validate(connector, 'verified', 'file')) expectPlace(connector, finding);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  /** What happens to one node of one file. */
  interface Mutation {
    role: (typeof jsonRoles)[number];
    /** Picks the node: the n-th in document order. */
    node: number;
    change: { kind: 'delete' } | { kind: 'duplicate' } | { kind: 'replace'; value: Json };
  }

  function mutation(): fc.Arbitrary<Mutation> {
    const awkward = fc.constantFrom<Json>(
      null,
      [],
      {},
      '',
      -1,
      1e300,
      [null],
      { $ref: '#' },
      { $ref: '#/definitions/Station' },
      '#/definitions/Station',
      JSON.parse('{ "__proto__": { "type": "object" }, "constructor": [] }'),
    );
    return fc.record({
      // most rules look at the definition
      role: fc.constantFrom(...jsonRoles, 'definition' as const, 'definition' as const, 'definition' as const),
      node: fc.nat(1000),
      change: fc.oneof(
        fc.constant({ kind: 'delete' as const }),
        fc.constant({ kind: 'duplicate' as const }),
        fc.record({
          kind: fc.constant('replace' as const),
          value: fc.oneof(awkward, fc.jsonValue() as fc.Arbitrary<Json>),
        }),
      ),
    });
  }

  const profileAndSetting = (): fc.Arbitrary<[Profile, Subject]> =>
    fc.tuple(
      fc.constantFrom<Profile>('custom', 'verified', 'independent'),
      fc.constantFrom<Subject>('repository', 'folder', 'file', 'package'),
    );

  function mutated(connector: Connector, mutations: readonly Mutation[]): Connector {
    let result = connector;
    for (const { role, node, change } of mutations) {
      const root = result[role]?.value;
      if (root === undefined) continue;
      const copy = { root: clone(root) };
      const nodes = nodesOf(copy);
      const target = nodes[node % nodes.length];
      if (target === undefined) continue;
      apply(target, change);
      result = withFile(result, role, Buffer.from(JSON.stringify(copy.root) ?? ''));
    }
    return result;
  }

  interface Node {
    parent: JsonObject | Json[];
    key: string;
  }

  function nodesOf(holder: JsonObject): Node[] {
    const nodes: Node[] = [];
    const visit = (parent: JsonObject | Json[]): void => {
      for (const [key, value] of Object.entries(parent)) {
        nodes.push({ parent, key });
        if (isObject(value) || Array.isArray(value)) visit(value);
      }
    };
    visit(holder);
    return nodes;
  }

  function apply({ parent, key }: Node, change: Mutation['change']): void {
    if (Array.isArray(parent)) {
      const index = Number(key);
      if (change.kind === 'delete') parent.splice(index, 1);
      else if (change.kind === 'duplicate') parent.splice(index, 0, clone(parent[index] ?? null));
      else parent[index] = change.value;
      return;
    }
    const value = asObject(parent)[key] ?? null;
    if (change.kind === 'delete') delete parent[key];
    else if (change.kind === 'duplicate') setOwn(parent, `${key}2`, clone(value));
    else setOwn(parent, key, change.value);
  }

  function withFile(connector: Connector, role: FileRole, bytes: Buffer): Connector {
    const path = connector.location.files[role] ?? '';
    const files = filesOf(connector).map((file): SourceFile => {
      return { role: file.role, path: file.path, bytes: file.role === role ? bytes : file.bytes };
    });
    return connectorFrom({ ...connector.location, files: { ...connector.location.files, [role]: path } }, files);
  }

  function expectPlace(connector: Connector, { rule, file, line, column }: Finding): void {
    const source = filesOf(connector).find(({ path }) => path === file);
    const lines = source === undefined || !('text' in source) ? [''] : (source as TextFile).text.split('\n');
    expect(line, `${rule} line`).to.be.within(1, lines.length);
    expect(column, `${rule} column`).to.be.within(1, (lines[line - 1] ?? '').length + 1);
  }
});
