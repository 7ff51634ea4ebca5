import manifest from '../package.json' with { type: 'json' };

/** Where this project lives; package.json is the one place that says so. */
export const { homepage } = manifest;

/** Its page about a rule, as of this version. @param id of the rule */
export const rulePageAddress = (id: string): string =>
  `${homepage.replace(/#.*/, '')}/blob/v${manifest.version}/docs/rules/${id}.md`;
