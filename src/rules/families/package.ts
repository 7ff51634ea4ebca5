import { defineFamily, type Rule } from '../engine/rule.ts';

type Declaration = Pick<Rule, 'id' | 'title' | 'why' | 'remedy' | 'severity'> & Partial<Rule>;

/** Rules about the archive that is submitted. The code of each is in src/package/checks. */
const declarations = [
  {
    id: 'package-root',
    title: 'The outer archive holds exactly one .md file and one .zip file, and no folder.',
    why: 'The package validator stops at anything else.',
    remedy: 'Put intro.md and the package archive into the root of a new archive.',
    policy: '5000.1.1.5',
    severity: '-/E/E',
    fix: 'package',
  },
  {
    id: 'package-assets',
    title: 'The package archive has exactly one folder, PkgAssets, with the solutions in it.',
    why: 'The solutions are looked for in that folder.',
    remedy: 'Move the solutions into PkgAssets.',
    policy: '5000.1.1.12',
    severity: '-/E/E',
    fix: 'package',
  },
  {
    id: 'package-solutions',
    title: 'The assets folder holds two solutions, three with an AI plugin, and no sub-folder.',
    why: 'Connector, sample flow and plugin are submitted as one solution each.',
    remedy: 'Export the solutions that are missing, and take out what is not a solution.',
    policy: '5000.1.1.6',
    severity: '-/E/E',
  },
  {
    id: 'solution-core-files',
    title: 'Every solution has [Content_Types].xml, customizations.xml and solution.xml.',
    why: 'Without them it is not a solution.',
    remedy: 'Export the solution again.',
    policy: '5000.1.1.10',
    severity: '-/E/E',
  },
  {
    id: 'solution-connector',
    title: 'The connector solution holds the connector, no flow and no plugin.',
    why: 'The validator tells the solutions apart by what they hold.',
    remedy: 'Export a solution that holds only the connector.',
    policy: '5000.1.1.8',
    severity: '-/E/E',
  },
  {
    id: 'solution-flow',
    title: 'The flow solution holds the connector and at least one flow.',
    why: 'Reviewers try the connector with it.',
    remedy: 'Export a solution that holds the connector and a flow with it.',
    policy: '5000.1.1.7',
    severity: '-/E/E',
  },
  {
    id: 'solution-flow-files',
    title: 'Every flow that customizations.xml names is in the solution.',
    why: 'Otherwise the solution cannot be imported.',
    remedy: 'Export the solution again.',
    source: 'Certification policy',
    policy: '5000.1.1.15',
    severity: '-/E/E',
  },
  {
    id: 'solution-flow-uses-connector',
    title: 'A sample flow uses the connector.',
    why: 'Reviewers try the connector with it.',
    remedy: 'Add an action or trigger of the connector to the flow.',
    source: 'Certification policy',
    policy: '5000.1.1.9',
    severity: '-/W/W',
  },
  {
    id: 'solution-plugin',
    title: 'The plugin solution holds the folders Connector, aiplugins and aipluginoperations.',
    why: 'The plugin refers to the operations of the connector.',
    remedy: 'Export a solution that holds the connector and its plugin.',
    source: 'Package validator of the connector repository',
    severity: '-/E/E',
  },
  {
    id: 'solution-connector-files',
    title:
      'The exported connector is complete: definition, connection parameters, icon, policies and script as configured.',
    why: 'What is missing in the export is missing in the published connector.',
    remedy: 'Save the connector in the environment, then export again.',
    source: 'Certification policy; secondary sources',
    policy: '5000.1.1.17',
    severity: '-/W/W',
  },
  {
    id: 'policies-not-empty-export',
    title: 'The exported list of policies is not empty.',
    why: 'One vendor’s package was refused with an empty policytemplateinstances.json, to which customizations.xml referred (5000.1.1.16, 2026); a vendor whose list was empty as well passed (2025), and most connectors have no policy.',
    remedy: 'Only if your package is refused for it: keep one policy in the connector, such as one that sets a header.',
    source: "A vendor's report, unconfirmed",
    policy: '5000.1.1.16',
    severity: '-/I/I',
  },
  {
    id: 'solution-fresh',
    title:
      'The exported connector is the one of the repository: definition, script, connection parameters and policies.',
    why: 'Reviewers compare both.',
    remedy: 'Deploy the present definition, then export again.',
    source: 'Secondary sources',
    severity: '-/W/W',
  },
  {
    // one vendor says unmanaged, another guide managed: nothing to insist on
    id: 'solution-unmanaged',
    title: 'The solutions are exported unmanaged.',
    why: 'Sources disagree: one vendor had to submit unmanaged solutions, another guide asks for managed ones.',
    remedy: 'If the package is refused, export the other way.',
    source: 'Secondary sources, contradictory',
    severity: '-/I/I',
  },
  {
    id: 'package-no-junk',
    title: 'The archives hold no leftovers such as __MACOSX or .DS_Store.',
    why: 'The validator counts files and folders.',
    remedy: 'Delete them, or let pp-connector package write the archive.',
    source: 'Guide to submitting for certification',
    severity: '-/E/E',
    fix: 'package',
  },
  {
    id: 'package-custom-properties',
    title: 'The package of a connector with several ways to sign in has customProperties.json.',
    why: 'The package is refused without it.',
    remedy: 'Export the connector from its solution and add its customProperties.json.',
    source: 'Certification policy',
    policy: '5000.1.1.5',
    severity: '-/W/W',
  },
  {
    id: 'package-sas',
    title: 'The link to the package stays valid for at least 15 days.',
    why: 'The review takes that long; the policy text asks for 4 days at the least.',
    remedy: 'Make the link with a later end.',
    source: 'Certification policy; secondary sources',
    severity: '-/I/I',
    manual: true,
  },
] as const satisfies readonly Declaration[];

/** The id of a rule that a program can check. */
export type PackageRule = Exclude<(typeof declarations)[number], { manual: true }>['id'];

/** Checked by `pp-connector package` on the archives that it writes or is given; declared here for the catalogue. */
export const family = defineFamily(
  { name: 'Submission package', order: 460 },
  declarations.map((rule) => ({
    source: 'Package validator of the connector repository; certification policy',
    ...rule,
    command: 'package',
  })),
);
