import type { Profile } from '../../connector/profile.ts';
import type { FileRole } from '../../connector/source-file.ts';

/** A connector that is submitted is of one of these. */
export type SubmittedProfile = Exclude<Profile, 'custom'>;

/** Files of the folder in a pull request. settings.json and config.json are nobody's business there. */
export const submittedFiles: readonly { role: FileRole; name: string; profiles: readonly SubmittedProfile[] }[] = [
  { role: 'definition', name: 'apiDefinition.swagger.json', profiles: ['verified', 'independent'] },
  { role: 'properties', name: 'apiProperties.json', profiles: ['verified', 'independent'] },
  { role: 'readme', name: 'readme.md', profiles: ['verified', 'independent'] },
  { role: 'script', name: 'script.csx', profiles: ['verified', 'independent'] },
  // the README of the connector repository asks for the intro; the pull-request template leaves the icon open
  { role: 'intro', name: 'intro.md', profiles: ['verified'] },
  { role: 'icon', name: 'icon.png', profiles: ['verified'] },
];

/** The folders of the connector repository. */
export const topFolders = {
  verified: 'certified-connectors',
  independent: 'independent-publisher-connectors',
} as const satisfies Record<SubmittedProfile, string>;
