import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { RuleConfiguration } from '../../../src/rules/engine/rule-configuration.ts';
import { type Finding, runRules } from '../../../src/rules/engine/run.ts';
import { exampleConnector } from '../../../src/rules/examples/example-connector.ts';
import { family as info } from '../../../src/rules/families/info.ts';

const known = new Set([...info.rules.map((rule) => rule.id), 'breaking-host', 'config-unused-suppression']);

function findings(rules: JsonObject, flags = new Map<string, 'off' | 'error'>()): Promise<Finding[]> {
  const connector = exampleConnector({ definition: { info: { title: 'Contoso API!' } }, config: { rules } });
  const settings = new RuleConfiguration(known, connector.config?.value, flags);
  return runRules(connector, { profile: 'verified', subject: 'repository', rules: info.rules, settings });
}

const summary = (list: Finding[]): string[] => list.map((finding) => `${finding.severity} ${finding.rule}`);

describe('settings of rules', () => {
  it('change the severity of all findings', async () => {
    expect(
      summary(await findings({ 'info-title-ending': 'info', 'info-title-restricted-words': 'off' })),
    ).to.deep.equal(['info info-title-ending']);
  });

  it('change the severity at their paths only', async () => {
    const setting = (path: string) => ({ 'info-title-ending': { severity: 'error', reason: 'ours', paths: [path] } });
    expect(summary(await findings(setting('/info/*')))).to.include('error info-title-ending');
    expect(summary(await findings(setting('/paths')))).to.include('warning info-title-ending');
  });

  it('give way to flags', async () => {
    expect(
      summary(await findings({ 'info-title-ending': 'off' }, new Map([['info-title-ending', 'error']]))),
    ).to.include('error info-title-ending');
  });

  it('are reported at their line when the rule is unknown', async () => {
    const [finding] = (await findings({ 'info-title-endin': 'off' })).filter(
      ({ rule }) => rule === 'config-unknown-rule',
    );
    expect(finding).to.deep.include({
      severity: 'error',
      file: '/example/config.json',
      pointer: '/rules/info-title-endin',
      line: 6,
      column: 29,
    });
    expect(finding?.message).to.include('did you mean "info-title-ending"?');
  });

  it('are reported path by path when they match nothing', async () => {
    const rules = { 'info-title-ending': { severity: 'off', paths: ['/info', '/paths'] } };
    const unused = (await findings(rules)).filter(({ rule }) => rule === 'config-unused-suppression');
    expect(unused.map(({ severity, pointer, line }) => [severity, pointer, line])).to.deep.equal([
      ['warning', '/rules/info-title-ending/paths/1', 10],
    ]);
    expect(summary(await findings({ ...rules, 'config-unused-suppression': 'off' }))).to.deep.equal([
      'error info-title-restricted-words',
    ]);
  });

  it('say nothing of rules that other commands run', async () => {
    const rules = { 'breaking-host': { severity: 'off', paths: ['/host'] } };
    expect(summary(await findings(rules)).filter((text) => text.includes('config-'))).to.deep.equal([]);
  });
});
