import type { Json } from '../../connector/json/value.ts';

/** What makers see of a connector, as data: the contract of `preview --format json` and of its page. */
export interface FormModel {
  connector: { title: string; description: string; brandColor: string };
  /** In the designer's order; internal ones last. */
  operations: FormOperation[];
  connection: ConnectionForm;
  /** Every visible action as a tool of an agent. */
  agent: AgentTool[];
  /** Every visible action as a function of Power Apps. */
  powerApps: PowerAppsFunction[];
}

export interface FormOperation {
  id: string;
  kind: 'action' | 'trigger' | 'internal';
  /** In capitals. */
  method: string;
  path: string;
  summary: string;
  description: string;
  group: 'important' | 'normal' | 'advanced';
  badge: 'preview' | null;
  deprecated: boolean;
  pointer: string;
  /** In the order in which the designer shows them; internal ones are left out. */
  fields: FormField[];
  outputs: FormOutput[];
  /** More outputs than are listed: the schema branches without end. */
  moreOutputs: boolean;
  /** The list whose elements start a run each, of a batch trigger. */
  splitOn: string | null;
  /** Undefined: not a trigger. */
  trigger?: TriggerForm;
  /** Rules that are broken somewhere in it, but at no field and no output. */
  findings: string[];
}

export interface TriggerForm {
  /** Who starts a run: the API calls back, or is asked again and again. */
  way: 'webhook' | 'polling';
  /** One run for all that is new, or one for each element. */
  runs: 'single' | 'batch';
  /** What to do to see it work. */
  hint: string;
}

export type Editor =
  | 'text'
  | 'number'
  | 'boolean'
  | 'enum'
  | 'combobox'
  | 'date'
  | 'html'
  | 'array'
  | 'object'
  | 'dictionary'
  | 'file'
  | 'tree'
  | 'dynamic';

export interface FieldChoice {
  value: Json;
  label: string;
}

/** An operation of the connector that tells what a field offers, or which fields there are. */
export interface DynamicSource {
  operationId: string;
  /** Keys of the fields that it depends on. */
  dependsOn: string[];
}

export interface FormField {
  /** As `invoke --set` names it: `top`, `body/customer/name`. */
  key: string;
  label: string;
  placeholder: string;
  required: boolean;
  shown: 'always' | 'advanced';
  editor: Editor;
  choices: FieldChoice[];
  dynamic: DynamicSource | null;
  default: Json;
  /** Type of the definition; `any` where it has none. */
  type: string;
  format: string;
  /** Where it is written, references followed. */
  pointer: string;
  /** Where it is used: what is on the way from the operation to `pointer`. */
  sites: string[];
  /** A file in a form: a second input asks for its name. */
  hasFileName?: boolean;
  /** Of a list: the fields of one element, with keys below it; one with an empty key where elements are scalars. */
  items?: FormField[];
  /** Rules that it breaks. */
  findings: string[];
}

export interface FormOutput {
  key: string;
  label: string;
  description: string;
  type: string;
  pointer: string;
  sites: string[];
  dynamic: DynamicSource | null;
  findings: string[];
}

export interface ConnectionForm {
  /** The dialog asks for the name that the connection shall have. */
  asksForName: boolean;
  /** Label and placeholder of the drop-down of sets, where there are several. */
  choice: { label: string; placeholder: string } | null;
  sets: ConnectionSet[];
  /** Rules that are broken in connection parameters that no dialog shows. */
  findings: string[];
}

export interface ConnectionSet {
  name: string;
  label: string;
  /** People sign in at the service, in a window of its own. */
  signsIn: boolean;
  /** Of the whole set. */
  pointer: string;
  fields: ConnectionField[];
}

export interface ConnectionField {
  key: string;
  label: string;
  tooltip: string;
  required: boolean;
  secret: boolean;
  /** It is shown as dots. */
  masked: boolean;
  type: string;
  choices: { value: string; label: string }[];
  /** Shown only while another field has a value. */
  dependsOn: { key: string; value: string } | null;
  default: string;
  pointer: string;
  findings: string[];
}

export interface AgentTool {
  operationId: string;
  /** What it is called where tools are listed. */
  name: string;
  description: string;
  inputs: { key: string; label: string; description: string; type: string; required: boolean }[];
  /** What makes it hard to call, by ids that `agentProblems` explains. */
  problems: string[];
  /** About how much of a model's context it takes: its texts, four bytes per token. */
  tokens: number;
}

export interface PowerAppsFunction {
  operationId: string;
  /** `Contoso.CreateOrder` */
  name: string;
  /** `Contoso.CreateOrder(customer, {note: Text})` */
  signature: string;
  description: string;
  deprecated: boolean;
  arguments: PowerAppsArgument[];
}

export interface PowerAppsArgument {
  name: string;
  type: string;
  /** Required ones come in order, the others as a record at the end. */
  required: boolean;
  description: string;
}
