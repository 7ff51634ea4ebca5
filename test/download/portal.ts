import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { type StandInPac, standInPac } from '../support/pac/stand-in.ts';

/** A definition as tests edit it. */
export interface Definition extends JsonObject {
  info: JsonObject;
  paths: Record<string, Record<string, JsonObject>>;
}

/** The maker portal: changes what the stand-in has stored, as its user would. */
export class Portal {
  readonly pac: StandInPac = standInPac();
  private before: Record<string, string | undefined> = {};

  /** Lets the commands of this process find the stand-in, which is signed in. */
  open(temporary: string): void {
    const env = this.pac.env({ TMPDIR: temporary, TEMP: temporary, TMP: temporary });
    const profile = { name: '', user: 'user@contoso.example', environment: null, active: true };
    writeFileSync(join(this.pac.state, 'profiles.json'), JSON.stringify([profile]));
    for (const name of ['PATH', 'PAC_STAND_IN_STATE', 'TMPDIR', 'TEMP', 'TMP']) this.set(name, env[name]);
  }

  /** A variable of this process, until `close`. */
  set(name: string, value: string | undefined): void {
    if (!Object.hasOwn(this.before, name)) this.before[name] = process.env[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }

  close(): void {
    for (const [name, value] of Object.entries(this.before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    this.before = {};
    this.pac.remove();
  }

  /** GUID of the only connector. */
  get connectorId(): string {
    const [id, ...others] = readdirSync(this.pac.state).filter((name) => /^[\da-f]{8}-/.test(name));
    if (id === undefined || others.length > 0) throw new Error('there must be one connector');
    return id;
  }

  edit(change: (definition: Definition) => void): void {
    this.editJson('apiDefinition.json', (value) => change(value as Definition));
  }

  editProperties(change: (properties: JsonObject) => void): void {
    this.editJson('apiProperties.json', (value) => change(value.properties as JsonObject));
  }

  /** Another connector with the same title. */
  addTwin(id: string): void {
    const path = join(this.pac.state, 'connectors.json');
    const connectors = JSON.parse(readFileSync(path, 'utf8')) as JsonObject[];
    writeFileSync(path, JSON.stringify([...connectors, { ...connectors[0], id }]));
  }

  /** @param contents null: the file goes */
  put(name: string, contents: string | Buffer | null): void {
    const path = this.path(name);
    if (contents === null) rmSync(path);
    else writeFileSync(path, contents);
  }

  /** The service keeps JSON without any layout, and keys in an order of its own. */
  private editJson(name: string, change: (value: JsonObject) => void): void {
    const value = JSON.parse(readFileSync(this.path(name), 'utf8').replace(/^\uFEFF/, '')) as JsonObject;
    change(value);
    writeFileSync(this.path(name), JSON.stringify(Object.fromEntries(Object.entries(value).reverse())));
  }

  private path(name: string): string {
    return join(this.pac.state, this.connectorId, name);
  }
}
