import manifest from '../package.json' with { type: 'json' };

/** Where this project lives; package.json is the one place that says so. */
export const { homepage } = manifest;

/** Whether this package is in the npm registry: it is published with its address only. */
export const isPublished = !homepage.includes('/OWNER/');

/** Its page about a rule, as of this version. @param id of the rule */
export const rulePageAddress = (id: string): string =>
  `${homepage.replace(/#.*/, '')}/blob/v${manifest.version}/docs/rules/${id}.md`;
