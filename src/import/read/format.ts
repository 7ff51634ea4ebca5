import type { Json } from '../../connector/json/value.ts';
import type { ApiModel } from '../model.ts';
import type { Report } from '../report.ts';
import type { References } from './references.ts';
import type { LoadedSource } from './source.ts';

/** Everything that belongs to one format of API descriptions: a file in this folder, and a line in `formats.ts`. */
export interface DescriptionFormat {
  readonly id: ApiModel['format'];
  /** With its versions, for people: "OpenAPI 3.0, 3.1 and 3.2". */
  readonly title: string;
  /** The version that a description of this format states; undefined for any other document. */
  recognise(root: Json): string | undefined;
  read(description: Description): ApiModel;
}

/** A description of a known format, and what reading it may need. */
export interface Description {
  readonly source: LoadedSource;
  readonly version: string;
  readonly references: References;
  readonly report: Report;
  /** Values of the variables of a Postman environment. */
  readonly variables: ReadonlyMap<string, string>;
}
