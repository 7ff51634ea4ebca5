/** Why no request can be made of some inputs. */
export interface InputProblem {
  kind: 'missing' | 'unknown' | 'internal' | 'type' | 'file';
  /** As `--set` names it: `top`, `body/customer/name`. */
  key: string;
  /** What is wrong, without the key. */
  message: string;
}

/** Collects problems; the first one doesn't hide the others. */
export class Problems {
  readonly list: InputProblem[] = [];

  add(kind: InputProblem['kind'], key: string, message: string): undefined {
    this.list.push({ kind, key, message });
    return undefined;
  }

  missing(key: string): undefined {
    return this.add('missing', key, 'is required');
  }
}
