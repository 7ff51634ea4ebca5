import type { Step } from './step.ts';
import { liveSteps } from './steps/live.ts';
import { prepareSteps } from './steps/prepare.ts';
import { reviewSteps } from './steps/review.ts';
import { submitSteps } from './steps/submit.ts';
import { trySteps } from './steps/try.ts';

/** The whole way of a connector, in its order, for every profile. */
export const steps: readonly Step[] = [...prepareSteps, ...trySteps, ...submitSteps, ...reviewSteps, ...liveSteps];
