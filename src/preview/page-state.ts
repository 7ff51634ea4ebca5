import type { FormField, FormOutput } from '../runtime/form/form-model.ts';
import type { Breakage } from './against-state.ts';
import type { PreviewModel } from './preview-model.ts';

/** Everything that the page shows, as the server or a static file hands it over. */
export interface PageState {
  /** Grows with every change. */
  stamp: number;
  model: PreviewModel;
  /** File by file: where pointers are, as line and column from 1. */
  places: { definition: FilePlaces; properties: FilePlaces };
  /** `data:` address of the icon; empty without one that can be shown. */
  icon: string;
  /** What the rules say that speak, by id. */
  rules: Record<string, { title: string; why: string; remedy: string; source: string }>;
  /** What agents have trouble with, by id. */
  agentProblems: Record<string, string>;
  /** Operation's pointer → key of a field → what a drop-down might offer: made up from the definition. */
  samples: Record<string, Record<string, { value: string; label: string }[]>>;
  /** Operation's pointer → key of a field → the fields that it might have at run time. */
  sampleFields: Record<string, Record<string, Known<FormField>>>;
  /** Operation's pointer → key of an output → the outputs that it might have at run time. */
  sampleOutputs: Record<string, Record<string, Known<FormOutput>>>;
  /** What can't be read at the moment. */
  trouble: Trouble | null;
  against: Breakage | null;
  /** A file to look at: nothing can be tried or fixed. */
  isStatic: boolean;
  version: string;
}

/** Who tells: the definition's examples, the answers of the connector's tests, or the API itself. */
export type Source = 'examples' | 'tests' | 'api';

/** Parts of an object that is known at run time only. */
export interface Known<Part> {
  from: Source;
  parts: Part[];
  /** Key of a part → a value that it might have; only where the schema tells one. */
  examples: Record<string, string>;
}

export interface Trouble {
  /** With file, line and column where there are any. */
  message: string;
  /** What to do; empty: nothing that a page could say. */
  hint: string;
  /** What the page has instead: the last state that could be read, or everything but what is in that file. */
  shown: 'last' | 'rest';
}

export interface FilePlaces {
  /** As people write it. */
  file: string;
  /** For links into an editor; empty in files that are shared. */
  absolute: string;
  at: Record<string, readonly [line: number, column: number]>;
}

/** What a page asks the engine for. */
export interface TryRequest {
  /** Pointer of the operation. */
  operation: string;
  mode: 'dry' | 'mock' | 'send';
  /** Key of a field → its text; empty ones are left out. */
  texts: Record<string, string>;
  /** Key of a field → a file in Base64. */
  files: Record<string, { name: string; base64: string }>;
  /** What changes something is sent only then. */
  confirmed: boolean;
}

export type TryAnswer =
  | { outcome: 'ran'; trace: unknown; fits: boolean; text: string }
  | { outcome: 'confirm'; method: string; url: string }
  | { outcome: 'refused'; problems: { key: string; message: string }[]; hint: string };

/** For what a drop-down offers, or which fields or outputs there are. */
export interface ChoicesRequest {
  operation: string;
  /** Of the field or the output. */
  key: string;
  texts: Record<string, string>;
}
