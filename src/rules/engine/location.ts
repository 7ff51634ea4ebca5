import { toPointer } from '../../connector/json/pointer.ts';
import type { SourceFile } from '../../connector/source-file.ts';

/** Where something is: a value in a JSON file, made cheaply while walking and turned into a pointer only when needed. */
export class Location {
  readonly file: SourceFile;
  readonly parent: Location | undefined;
  readonly key: string | number;

  constructor(file: SourceFile, parent?: Location, key: string | number = '') {
    this.file = file;
    this.parent = parent;
    this.key = key;
  }

  /** The place some keys further down: `operation.place.at('responses', '200')`. */
  at(...keys: (string | number)[]): Location {
    let place: Location = this;
    for (let index = 0; index < keys.length; index += 1) place = new Location(this.file, place, keys[index]);
    return place;
  }

  path(): (string | number)[] {
    const path: (string | number)[] = [];
    for (let place: Location = this; place.parent !== undefined; place = place.parent) path.push(place.key);
    return path.reverse();
  }

  pointer(): string {
    return toPointer(this.path());
  }
}

/** Where something is in a file without pointers (script, README), or in the raw text of a JSON file. */
export interface TextLocation {
  file: SourceFile;
  /** Offset in the decoded text, 0-based. */
  offset: number;
}

/** A file that is missing, or the folder itself. */
export interface FolderLocation {
  /** Name of the file or folder, relative to the connector's folder; `.` is the folder itself. */
  missing: string;
}

export type AnyLocation = Location | TextLocation | FolderLocation;
