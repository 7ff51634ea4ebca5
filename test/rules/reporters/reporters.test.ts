import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import type { Ajv } from 'ajv';
import ajvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { type ConnectorReport, countFindings, makeReport, type Report } from '../../../src/rules/engine/report.ts';
import { allRules } from '../../../src/rules/families/catalogue.ts';
import { type FormatName, loadWriter, reportFormats } from '../../../src/rules/reporters/formats.ts';
import { PackedTexts } from '../../../src/rules/reporters/packed-texts.ts';
import { stylish } from '../../../src/rules/reporters/stylish.ts';
import { version } from '../../../src/version.ts';
import { checkout } from '../../support/folders.ts';
import { expectJunit } from '../../support/junit-schema.ts';
import { connectorReport, finding, sampleReport } from './sample-report.ts';

const render = async (name: string, report: Report = sampleReport(), color = false): Promise<string> =>
  (await reportFormats.load(name))(report, { color });

/** Compares with `test/fixtures/formats`, whatever our version is; `UPDATE_GOLDEN=1` rewrites it. */
function expectGolden(name: string, printed: string): void {
  const text = printed.replaceAll(`"${version}"`, '"1.2.3"');
  const path = join(checkout, 'test', 'fixtures', 'formats', name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
  expect(text).to.equal(readFileSync(path, 'utf8'));
}

const golden: Readonly<Partial<Record<FormatName, string>>> = {
  stylish: 'stylish.txt',
  json: 'report.json',
  sarif: 'report.sarif',
  github: 'github.txt',
  junit: 'junit.xml',
  markdown: 'comment.md',
};

describe('formats of a report', () => {
  for (const name of reportFormats.names) {
    it(`${name} is as agreed`, async () => {
      const text = await render(name);
      expectGolden(golden[name] ?? `${name}.txt`, name === 'sarif' ? withoutRuleTexts(text) : text);
    });

    it(`${name} leaves the report as it is, and says the same again`, async () => {
      const report = sampleReport();
      const before = structuredClone(report);
      const first = await render(name, report);
      expect(report).to.deep.equal(before);
      expect(await render(name, report)).to.equal(first);
    });

    it(`${name} doesn't pass off what could not be validated as clean`, async () => {
      const broken = { ...connectorReport('broken', 'custom', []), notJudged: 'its record is damaged' };
      const alone = await render(name, makeReport([broken]));
      const mixed = await render(name, makeReport([broken, connectorReport('clean', 'custom', [])]));
      for (const text of [alone, mixed])
        expect(text).to.match(/could not be validated|not ?judged|"executionSuccessful": false/i);
      expect(alone).not.to.match(/no findings|✅/i);
    });

    it(`${name} is the same text in parts`, async () => {
      const sample = sampleReport();
      const [connector] = sample.connectors;
      const clean = { path: 'clean', profile: 'custom' as const, findings: [], counts: countFindings([]) };
      for (const connectors of [
        [],
        [clean],
        [clean, clean],
        sample.connectors,
        [clean, ...(connector ? [connector] : [])],
      ]) {
        const report = makeReport(connectors);
        const writer = (await loadWriter(name))({ color: false });
        const parts = [...connectors.flatMap((each) => [...writer.add(each)]), ...writer.end()];
        expect(parts.join('')).to.equal(await render(name, report));
      }
    });

    it(`${name} takes a report without connectors`, async () => {
      expect(await render(name, makeReport([]))).to.match(/\n$/);
    });
  }

  it('stylish has colours on a terminal only', async () => {
    const colored = await render('stylish', sampleReport(), true);
    expect(colored).to.include('\u001b[31merror  \u001b[0m');
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).to.equal(await render('stylish'));
  });

  it('come connector by connector, so that a large batch is never one text', async () => {
    const [connector] = sampleReport().connectors;
    const many = Array.from({ length: 20 }, () => ({ ...connector, path: 'c' }) as ConnectorReport);
    for (const name of ['json', 'stylish', 'github']) {
      const writer = (await loadWriter(name))({ color: false });
      for (const each of many) expect([...writer.add(each)].join(''), name).to.have.length.greaterThan(100);
    }
    for (const name of ['sarif', 'junit']) {
      const writer = (await loadWriter(name))({ color: false });
      for (const each of many) expect([...writer.add(each)], name).to.deep.equal([]);
      expect([...writer.end()].length, name).to.be.at.least(20);
    }
  });

  it('come in parts of a hundred findings in JSON, so that thousands of them are never one text', async () => {
    const findings = Array.from({ length: 1001 }, (_, index) => finding({ line: index + 1 }));
    const writer = (await loadWriter('json'))({ color: false });
    const parts = [...writer.add({ path: 'c', profile: 'custom', findings, counts: countFindings(findings) })];
    expect(parts).to.have.length(12);
    expect(JSON.parse([...parts, ...writer.end()].join('')).connectors[0].findings).to.have.length(1001);
  });

  it('keep large texts packed until something before them is known, and print them as they were', () => {
    const texts = new PackedTexts();
    const all = Array.from({ length: 12 }, (_, index) => `${index} größer `.repeat(60_000));
    for (const text of all) texts.push(text);
    expect([...texts]).to.deep.equal(all);
  });

  it('json is laid out as JSON.stringify does, whatever the author wrote', async () => {
    const findings = [
      finding({ message: 'a "quoted"\n\u2028 \ud800 text', pointer: '/a~1b/"/\u0000' }),
      finding({ official: 'Title', policy: '5000.1', fixable: true }),
    ];
    for (const report of [
      sampleReport(),
      makeReport([]),
      makeReport([{ path: 'c', profile: 'verified', findings, counts: countFindings(findings) }]),
    ]) {
      const text = await render('json', report);
      expect(text).to.equal(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
      const { connectors, counts } = JSON.parse(text) as Report;
      expect(counts).to.deep.equal(report.counts);
      expect(connectors.flatMap(({ findings }) => findings.map(({ message }) => message))).to.deep.equal(
        report.connectors.flatMap(({ findings }) => findings.map(({ message }) => message)),
      );
    }
  });

  it('json has the keys of the contract, in their order', async () => {
    const { connectors } = JSON.parse(await render('json'));
    expect(Object.keys(connectors[0])).to.deep.equal(['path', 'profile', 'findings', 'counts']);
    expect(Object.keys(connectors[0].findings[0])).to.deep.equal([
      'rule',
      'severity',
      'message',
      'file',
      'pointer',
      'line',
      'column',
      'official',
      'policy',
      'fixable',
    ]);
    expect(connectors[0].findings[1]).to.not.have.any.keys('official', 'policy', 'fixes');
  });

  it('stylish shows errors last, counts infos and what a rule says often, and everything when asked', async () => {
    const often = Array.from({ length: 7 }, (_, index) => finding({ rule: 'tags-unique', line: index + 1 }));
    const few = [1, 2].map((line) => finding({ rule: 'path-unique', severity: 'warning', line }));
    const report = makeReport([
      connectorReport('a', 'custom', [...often, ...few, finding({ rule: 'info-title-length', severity: 'info' })]),
    ]);
    const lines = (await render('stylish', report))
      .split('\n')
      .filter((line) => / (error|warning|info) {2}/.test(line));
    expect(lines).to.have.length(3);
    expect(lines[0]).to.include('warning');
    expect(lines[2]).to.match(/1:14 {2}error .*tags-unique {2}and 6 more of this rule/);
    expect(await render('stylish', report)).to.include('7 of them not shown: pp-connector validate --verbose');
    const whole = stylish(report, { color: false, verbose: true });
    expect(whole.match(/ (error|warning|info) {2}/g)).to.have.length(10);
    expect(whole).to.not.include('--verbose');
  });

  it('says how many findings a limit hides', async () => {
    const report = sampleReport();
    for (const connector of report.connectors) connector.findings = connector.findings.slice(0, 1);
    for (const name of ['stylish', 'github', 'markdown']) {
      expect(await render(name, report), name).to.match(/2 more (not shown|findings)/);
    }
  });

  describe('sarif', () => {
    it('is valid by the official schema', async () => {
      const validate = sarifValidator();
      const everyRule = allRules.map(({ id }) => finding({ rule: id }));
      const whole = makeReport([
        {
          path: 'all',
          profile: 'verified',
          findings: everyRule,
          counts: { error: everyRule.length, warning: 0, info: 0 },
        },
      ]);
      for (const report of [sampleReport(), makeReport([]), whole]) {
        const valid = validate(JSON.parse(await render('sarif', report)));
        expect(valid, JSON.stringify(validate.errors?.slice(0, 3))).to.equal(true);
      }
      expect(validate({ version: '2.1.0', runs: [{}] })).to.equal(false);
    });

    it('explains the rules that spoke, and no others', async () => {
      const { runs } = JSON.parse(await render('sarif'));
      const [{ tool, results }] = runs;
      for (const result of results) expect(tool.driver.rules[result.ruleIndex].id).to.equal(result.ruleId);
      expect(tool.driver.rules).to.have.length(4);
      for (const rule of tool.driver.rules) {
        expect(rule.help.text).to.match(/Source: /);
        expect(rule.help.markdown).to.match(/^\*\*Why:\*\* \S/);
        expect(rule.helpUri).to.match(/^https:/);
      }
    });

    it('has a fingerprint that survives a change of the line, and tells equal findings apart', async () => {
      const report = (line: number) => {
        const findings = [finding({ line }), finding({ line: line + 1 }), finding({ line, rule: 'info-title-trim' })];
        return makeReport([{ path: 'c', profile: 'custom', findings, counts: { error: 3, warning: 0, info: 0 } }]);
      };
      const prints = async (line: number): Promise<string[]> =>
        JSON.parse(await render('sarif', report(line))).runs[0].results.map(
          ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
            partialFingerprints.primaryLocationLineHash,
        );
      const first = await prints(4);
      expect(new Set(first).size).to.equal(3);
      expect(await prints(40)).to.deep.equal(first);
    });

    it('has relative addresses', async () => {
      const { runs } = JSON.parse(await render('sarif'));
      const artifacts = runs[0].results.map(
        (result: { locations: [{ physicalLocation: { artifactLocation: { uri: string; uriBaseId: string } } }] }) =>
          result.locations[0].physicalLocation.artifactLocation,
      );
      expect(artifacts[0]).to.deep.equal({
        uri: 'a%2C%20b/Tom%20%26%20%22Jerry%22/apiDefinition.swagger.json',
        uriBaseId: '%SRCROOT%',
      });
      for (const { uri } of artifacts) expect(uri).to.not.match(/^[a-z]+:|^\//);
    });
  });

  describe('github', () => {
    it('keeps a finding on its line, whatever the author wrote', async () => {
      const lines = (await render('github')).trimEnd().split('\n');
      expect(lines).to.have.length(5);
      expect(lines[0]).to.equal(
        '::error file=a%2C b/Tom & "Jerry"/apiDefinition.swagger.json,line=4,col=14,title=info-title-length (TitleLength)' +
          '::the title "<b>100%25</b> | `x`" has 31 characters; 30 are allowed%0D%0Aask @contoso about #12',
      );
      expect(lines[2]).to.match(/^::notice /);
    });
  });

  describe('junit', () => {
    it('has nothing that strict readers refuse', async () => {
      const broken = { ...connectorReport('broken', 'custom', []), notJudged: 'its record is damaged' };
      for (const report of [sampleReport(), makeReport([]), makeReport([broken])])
        expectJunit(await render('junit', report));
    });

    const parse = (xml: string) => {
      const problems: string[] = [];
      const parser = new DOMParser({
        onError: (level, message) => {
          if (level !== 'warning') problems.push(message);
        },
      });
      const document = parser.parseFromString(xml, 'text/xml');
      expect(problems).to.deep.equal([]);
      return document;
    };

    it('is read by an XML parser, with counts that agree', async () => {
      const document = parse(await render('junit'));
      const suites = [...document.getElementsByTagName('testsuite')];
      expect(suites.map((suite) => suite.getAttribute('name'))).to.deep.equal([
        'a, b/Tom & "Jerry"',
        'clean',
        'größer',
      ]);
      for (const suite of suites) {
        const count = (name: string) => String(suite.getElementsByTagName(name).length);
        expect(suite.getAttribute('tests')).to.equal(count('testcase'));
        expect(suite.getAttribute('failures')).to.equal(count('failure'));
        expect(suite.getAttribute('skipped')).to.equal(count('skipped'));
      }
      expect(document.documentElement?.getAttribute('tests')).to.equal('5');
      expect(document.documentElement?.getAttribute('failures')).to.equal('1');
    });

    it('gives the author’s words back', async () => {
      const document = parse(await render('junit'));
      const [failure] = [...document.getElementsByTagName('failure')];
      expect(failure?.getAttribute('message')).to.equal(sampleReport().connectors[0]?.findings[0]?.message);
    });
  });

  describe('markdown', () => {
    it('has one row per finding that no word of an author breaks', async () => {
      const rows = (await render('markdown')).split('\n').filter((line) => line.startsWith('|'));
      for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).to.have.length(6);
      expect(rows.join('\n')).to.not.match(/@contoso|<b>|#12/);
    });

    it('fits into a comment, the errors first', async () => {
      const findings = Array.from({ length: 5000 }, (_, index) =>
        finding({ severity: index < 4990 ? 'info' : 'error', message: 'x'.repeat(100) }),
      );
      const counts = { error: 10, warning: 0, info: 4990 };
      const connectors = Array.from({ length: 30 }, (_, index) => {
        return { path: `connector ${index}`, profile: 'custom' as const, findings, counts };
      });
      const text = await render('markdown', makeReport(connectors));
      expect(text.length).to.be.lessThan(65_536);
      expect(text.match(/❌ error/g)?.length).to.be.greaterThan(100);
      expect(text).to.include('### connector 29');
      expect(text).to.match(/and \d+ more findings/);
    });
  });
});

function sarifValidator() {
  const schema = JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
      'utf8',
    ),
  );
  const ajv = new ajvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false }) as unknown as Ajv;
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** The texts of rules are theirs; the shape around them is what is agreed. */
function withoutRuleTexts(text: string): string {
  const log = JSON.parse(text);
  for (const rule of log.runs[0].tool.driver.rules) {
    for (const key of ['shortDescription', 'fullDescription', 'help', 'properties']) rule[key] = Object.keys(rule[key]);
  }
  return `${JSON.stringify(log, null, 2)}\n`;
}
