import type { Profile, Severity } from '../connector/profile.ts';
import type { FormModel } from '../runtime/form/form-model.ts';
import type { PlacedFinding } from './placed-finding.ts';

/** What `--format json` prints. */
export interface PreviewModel extends FormModel {
  /** All findings of `validate`, each once, with where they are shown. */
  findings: PlacedFinding[];
  counts: Record<Severity, number>;
  profile: Profile;
}
