import type { Step } from './step.ts';
import { liveSteps } from './steps/after-publication.ts';
import { trySteps } from './steps/deploy-and-test.ts';
import { prepareSteps } from './steps/prepare.ts';
import { reviewSteps } from './steps/review.ts';
import { submitSteps } from './steps/submit.ts';

/** The whole way of a connector, in its order, for every profile. */
export const steps: readonly Step[] = [...prepareSteps, ...trySteps, ...submitSteps, ...reviewSteps, ...liveSteps];
