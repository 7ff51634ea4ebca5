import type { Finding } from '../rules/engine/run.ts';
import type { FormField, FormModel, FormOperation } from '../runtime/form/form-model.ts';
import type { Home, PlacedFinding } from './placed-finding.ts';

/** Which file a finding is about, as far as forms are made of it. */
export type FileOfForm = 'definition' | 'properties' | undefined;

/**
 * Says where each finding is shown, and notes its rule there: `findings` of fields, outputs, operations and of the
 * connection grow. What a definition that several operations use breaks is noted in all of them, and at home in the first.
 *
 * @param fileOf of a finding
 * @param shownFile how people write the file
 */
export function placeFindings(
  model: FormModel,
  findings: readonly Finding[],
  fileOf: (finding: Finding) => FileOfForm,
  shownFile: (file: string) => string,
): PlacedFinding[] {
  const places = new Places(model);
  return findings.map((finding) => {
    const { rule, severity, message, pointer, line, column, fixable } = finding;
    const [home, ...others] = places.all(fileOf(finding), pointer);
    for (const place of [home, ...others]) place?.note(rule);
    const alsoIn = new Set(others.flatMap(({ home: other }) => (other.in === 'operation' ? other.operation : [])));
    if (home?.home.in === 'operation') alsoIn.delete(home.home.operation);
    return {
      rule,
      severity,
      message,
      file: shownFile(finding.file),
      pointer,
      line,
      column,
      fixable,
      home: home?.home ?? { in: 'connector' },
      alsoIn: [...alsoIn],
    };
  });
}

interface Place {
  home: Home;
  note: (rule: string) => void;
}

/** Finds the innermost place that a pointer is in. */
class Places {
  private readonly inDefinition = new Map<string, Place[]>();
  private readonly inProperties = new Map<string, Place[]>();

  constructor(model: FormModel) {
    for (const operation of model.operations) this.operation(operation);
    this.connection(model.connection);
  }

  all(file: FileOfForm, pointer: string): Place[] {
    if (file === undefined) return [];
    const known = file === 'definition' ? this.inDefinition : this.inProperties;
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const found = known.get(at);
      if (found !== undefined) return found;
      if (!at.includes('/')) return [];
    }
  }

  private operation(operation: FormOperation): void {
    const { pointer, fields, outputs } = operation;
    const at = (part: 'field' | 'output' | 'operation', key: string): Home => ({
      in: 'operation',
      operation: pointer,
      part,
      key,
    });
    for (const field of fields) {
      const place = placeOf(at('field', field.key), field.findings);
      for (const site of sitesOf(field)) this.add(this.inDefinition, site, place);
    }
    for (const output of outputs) {
      const place = placeOf(at('output', output.key), output.findings);
      for (const site of [output.pointer, ...output.sites]) this.add(this.inDefinition, site, place);
    }
    const whole = placeOf(at('operation', ''), operation.findings);
    this.add(this.inDefinition, pointer, whole);
    // what is written once for all methods of a path belongs to the first of them
    this.add(this.inDefinition, pointer.slice(0, pointer.lastIndexOf('/')), whole);
  }

  private connection({ sets, findings, choice }: FormModel['connection']): void {
    for (const { name, pointer, fields } of sets) {
      // what a dialog doesn't show of one of several sets
      if (choice !== null)
        this.add(this.inProperties, pointer, placeOf({ in: 'connection', set: name, key: '' }, findings));
      for (const field of fields) {
        const place = placeOf({ in: 'connection', set: name, key: field.key }, field.findings);
        this.add(this.inProperties, field.pointer, place);
      }
    }
    const whole = placeOf({ in: 'connection', set: '', key: '' }, findings);
    for (const key of ['connectionParameters', 'connectionParameterSets'])
      this.add(this.inProperties, `/properties/${key}`, whole);
  }

  /** Once per operation: a definition may be in it several times. */
  private add(places: Map<string, Place[]>, pointer: string, place: Place): void {
    const known = places.get(pointer);
    if (known === undefined) places.set(pointer, [place]);
    else if (!known.some(({ home }) => isSameOperation(home, place.home))) known.push(place);
  }
}

const isSameOperation = (a: Home, b: Home): boolean =>
  a.in === 'operation' && b.in === 'operation' && a.operation === b.operation;

const placeOf = (home: Home, rules: string[]): Place => ({
  home,
  note: (rule) => {
    rules.push(rule);
  },
});

/** Of a list also where the fields of its elements are. */
const sitesOf = ({ pointer, sites, items }: FormField): string[] => [
  pointer,
  ...sites,
  ...(items ?? []).flatMap((item) => sitesOf(item)),
];
