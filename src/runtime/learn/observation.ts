import type { Body } from '../message.ts';

/** What a client got, before anything was dropped from it. */
export interface Observation {
  /** Undefined: a notification of a webhook. */
  status: number | undefined;
  body: Body | undefined;
}

/** What was learned of a definition from observations. */
export interface Lesson {
  kind: 'status' | 'schema' | 'property' | 'type' | 'nullable' | 'required' | 'enum';
  /** In the definition: what is new, or different now. */
  pointer: string;
  /** In the body; `*` for any element of a list. */
  at: string;
  /** For people, without the place. */
  message: string;
}

/** What doesn't fit, and can't be learned. */
export interface Unlearned {
  pointer: string;
  at: string;
  /** Why. */
  message: string;
}

export interface Learned {
  lessons: Lesson[];
  left: Unlearned[];
}
