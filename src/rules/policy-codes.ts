/**
 * The numbers of the certification policy (5000.x.y.z) that reviewers and Partner Center answer with. Those of the
 * package are published with their meaning. Of most others only the number is known, from checkers that vendors made, and
 * the rules that name it say what it is about.
 */

/** What the published list says about one number. */
export interface PolicyCode {
  /** What is wrong, one sentence. */
  title: string;
  why: string;
  remedy: string;
  /** Who says so; default: the published list. */
  source?: string;
  /** Rules that look for it, beside those that have the number as their own. */
  rules?: readonly string[];
}

const pack = 'pp-connector package --submission --solution connector.zip --solution flow.zip';

const codes = {
  '5000.1.1.1': {
    title: 'The icon is missing.',
    why: 'A verified connector is shown with the icon of its publisher.',
    remedy: 'Put icon.png beside the definition, deploy it, and export the solution again.',
  },
  '5000.1.1.2': {
    title: 'The readme is missing.',
    why: 'The documentation of the connector is made of it.',
    remedy: 'Run: pp-connector readme; then make the folder of the pull request again: pp-connector package',
  },
  '5000.1.1.3': {
    title: 'The definition is missing.',
    why: 'The definition is what is certified; without it there is no connector.',
    remedy: 'Deploy the connector, then export the solution that holds it again.',
    rules: ['layout-definition-present', 'solution-connector-files'],
  },
  '5000.1.1.4': {
    title: 'The scan for malware found something in the package.',
    why: 'A file of the package was taken for harmful; nothing of it is read any further.',
    remedy:
      'Unpack the package and scan it yourself; take out programs and scripts that nobody needs, export again, and resubmit. Nothing here scans for malware. If the package is clean, answer the review with the result of your scan.',
  },
  '5000.1.1.5': {
    title: 'Files of the package are missing.',
    why: 'The package needs its solutions, intro.md, and customProperties.json if there are several ways to sign in.',
    remedy: `Make it with: ${pack}`,
  },
  '5000.1.1.6': {
    title: 'The package lacks flows.',
    why: 'Reviewers try the connector with a flow, which is a solution of its own.',
    remedy: 'Export a second solution, with the connector and a flow that uses it.',
  },
  '5000.1.1.7': {
    title: 'No solution holds a flow together with the connector.',
    why: 'A flow alone can not be imported: it refers to the connector.',
    remedy: 'Add the connector to the solution of the flow, and export it again.',
  },
  '5000.1.1.8': {
    title: 'No solution holds the connector alone.',
    why: 'The connector is deployed from a solution that has nothing but the connector.',
    remedy: 'Make a solution with nothing but the connector, and export it unmanaged.',
  },
  '5000.1.1.9': {
    title: 'No action of the connector was found that could be tried.',
    why: 'Reviewers look up the actions of the connector that the sample flow uses.',
    remedy: 'Use an action or a trigger of this connector in the flow; let at least one operation be visible.',
    rules: ['operation-not-all-internal'],
  },
  '5000.1.1.10': {
    title: 'Parts that the deployment needs are missing in a solution.',
    why: 'A solution is deployed by [Content_Types].xml, customizations.xml and solution.xml.',
    remedy: 'Export the solution again, and change nothing inside of an export.',
  },
  '5000.1.1.11': {
    title: 'The package is not at the root of the archive.',
    why: 'intro.md and the inner archive are looked for at the root only, not in a folder.',
    remedy: `Zip the files themselves, not the folder around them; ${pack} does.`,
    rules: ['package-root'],
  },
  '5000.1.1.12': {
    title: 'The folder with the solutions was not found.',
    why: 'The inner archive must have exactly one folder, PkgAssets by convention, and the solutions in it.',
    remedy: `Make the package of the exported solutions: ${pack}`,
  },
  '5000.1.1.13': {
    title: 'No solution archives were found in the folder for them.',
    why: 'The exported solutions must lie in that folder as they were exported: zipped, and in no sub-folder.',
    remedy: `Do not unpack the exports; make the package with: ${pack}`,
    rules: ['package-solutions'],
  },
  '5000.1.1.14': {
    title: 'The solution of the flow has no folder Workflows.',
    why: 'The flows that customizations.xml names are looked for there.',
    remedy: 'Export the solution of the flow again, and change nothing inside of it.',
    rules: ['solution-flow'],
  },
  '5000.1.1.15': {
    title: 'The flows in Workflows are not those that customizations.xml names.',
    why: 'A solution that names a flow without its file can not be imported.',
    remedy: 'Export the solution of the flow again, and change nothing inside of it.',
  },
  '5000.1.1.16': {
    title: 'A solution is not where it is expected, or can not be imported.',
    why: 'The archive is damaged, was edited, or customizations.xml refers to something that is not in it.',
    remedy:
      'Export both solutions again and make the package again. If it is refused because the exported list of policies is empty (seen once), keep one policy in the connector.',
    rules: ['package-root'],
  },
  '5000.1.1.17': {
    title: 'The exported connector is not complete.',
    why: 'What is missing in the export (definition, connection parameters, icon, policies, script) is missing in the published connector.',
    remedy: 'Deploy the connector as it is in the repository, then export again.',
  },
} satisfies Record<string, PolicyCode>;

/** A number about the package. */
export type PackagePolicy = keyof typeof codes;

/** Numbers about the definition whose meaning somebody who got them has said. */
const reported: Readonly<Record<string, PolicyCode>> = {
  '5000.2.3.6': {
    title: 'A text holds a link.',
    why: 'Neither the description of the connector nor those of operations, parameters and fields may have one.',
    remedy: 'Take the link out; say in words where to read on, or put it into the readme.',
    source: 'Certification policy, as checkers of vendors cite it; refused for a parameter in 2026 (one vendor)',
  },
  '5000.2.6.2': {
    title: 'The definition is not proper OpenAPI 2.0.',
    why: 'The service could not read it as one: one vendor got the number for colliding paths, media types, empty schemas, special characters in summaries and links in descriptions alike.',
    remedy: 'Correct what pp-connector validate reports, deploy, export the solutions again, and resubmit.',
    source: 'The record of one vendor, 2026',
  },
};

/** What is known of numbers beyond the rules that look for them: those of the package, in their order, and a few more. */
export const describedPolicies: ReadonlyMap<string, PolicyCode> = new Map(Object.entries({ ...codes, ...reported }));

/** Where the numbers are published. */
export const policyPage = 'https://learn.microsoft.com/connectors/custom-connectors/certification-policy-errors';

/** What the numbers of a group are about, by the rules that name them; only the first is published as a group. */
export const policyGroups: ReadonlyMap<string, string> = new Map([
  ['5000.1.1', 'the package and the folder that are submitted'],
  ['5000.2.1', 'the icon and its colour'],
  ['5000.2.2', 'the title'],
  ['5000.2.3', 'descriptions'],
  ['5000.2.4', 'operations, their schemas and responses'],
  ['5000.2.6', 'the definition as a whole and the connection'],
  ['5000.3.1', 'the contact and the addresses'],
]);

/**
 * The number, or the beginning of one, that somebody typed or copied: `5000.1.1.12`, `policy 5000.2.x`, `5000.1.1.*:`.
 *
 * @returns the parts as written, without a placeholder at the end; undefined for anything else
 */
export function readPolicyCode(text: string): string | undefined {
  const words = text.trim().toLowerCase();
  if (words.length > 60) return undefined;
  const number = words
    .replace(/^(?:policy|code|error)/, '')
    .replace(/^[ :#]{0,3}/, '')
    .replace(/[.:;,]$/, '');
  const found = /^(5000(?:\.\d{1,4}){0,3})(?:\.[x*]){0,3}$/.exec(number);
  return found?.[1];
}

/** Whether a number is the same as another one or below it: 5000.1.1.12 is below 5000.1, and 5000.1.1.12 not below 5000.1.1.1. */
export const isBelow = (code: string, beginning: string): boolean => `${code}.`.startsWith(`${beginning}.`);

/** In the order of their parts: 5000.2.6.9 before 5000.2.6.10. */
export function comparePolicyCodes(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? 0);
}
