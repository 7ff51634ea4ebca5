import { join } from 'node:path';
import type { PlannedFile } from '../../files/commit.ts';
import { digest } from '../../files/digest.ts';
import type { GeneratedFiles } from '../../files/generated-files.ts';
import { readIfThere } from '../../files/read.ts';

/** The files of a repository while migrations change them. Nothing is written. */
export class RepositoryDraft {
  readonly root: string;
  /** Names of the files that were changed so far, in that order, also repeatedly. */
  readonly changed: string[] = [];
  private readonly generated: GeneratedFiles;
  private readonly wanted: ReadonlySet<string>;
  private readonly planned = new Map<string, PlannedFile>();

  /** @param wanted files that shall be as in their template, whoever edited them */
  constructor(root: string, generated: GeneratedFiles, wanted: ReadonlySet<string> = new Set()) {
    this.root = root;
    this.generated = generated;
    this.wanted = wanted;
  }

  /** The text of a file with the changes so far; undefined when it isn't there. @param name with `/` */
  text(name: string): string | undefined {
    const contents = this.planned.get(name)?.contents;
    if (contents !== undefined && contents !== null) return contents.toString();
    return this.onDisk(name)?.toString();
  }

  /** Whether nobody but us has changed the file, or its author wants it as we make it. */
  isOurs(name: string): boolean {
    const bytes = this.onDisk(name);
    return bytes !== undefined && (this.wanted.has(name) || this.generated.isUntouched(this.pathOf(name), bytes));
  }

  /** Changes a part of a file, which stays whose it was. */
  edit(name: string, text: string): void {
    if (text !== this.text(name)) this.plan(name, text, this.isOurs(name) ? 'generated' : 'edited');
  }

  /** Has a file follow its template. One that its author edited is left out while the template is still the same. */
  follow(name: string, template: string): void {
    const bytes = this.onDisk(name);
    const isThere = bytes !== undefined && digest(bytes) === digest(template);
    const isNews = this.wanted.has(name) || !this.generated.isRecorded(this.pathOf(name), template);
    if (!isThere && isNews) this.plan(name, template, 'generated');
  }

  /** The files to write. */
  files(): PlannedFile[] {
    return [...this.planned.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private plan(name: string, contents: string, kind: PlannedFile['kind']): void {
    this.planned.set(name, { path: this.pathOf(name), contents, kind });
    this.changed.push(name);
  }

  private onDisk(name: string): Buffer | undefined {
    return readIfThere(this.root, this.pathOf(name));
  }

  private pathOf(name: string): string {
    return join(this.root, ...name.split('/'));
  }
}
