import { asObject, getOwn, type JsonObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { noConnector } from '../connector/no-connector.ts';
import { reliableObject, requireReliable, requireSwagger } from '../connector/require-json.ts';
import { isUserError, UserError } from '../errors.ts';
import { shownPath, shownSource } from '../files/names.ts';
import { countFindings } from '../rules/engine/report.ts';
import type { Finding } from '../rules/engine/run.ts';
import { openSession, type ValidateOptions, type ValidationSession } from '../rules/engine/validate-connector.ts';
import { ruleById } from '../rules/families/catalogue.ts';
import { formModel } from '../runtime/form.ts';
import { placeFindings } from './place-findings.ts';
import type { PreviewModel } from './preview-model.ts';

/** What forms are made of. */
export interface FormSources {
  definition: JsonObject;
  /** `properties` of apiProperties.json. */
  inner: JsonObject;
}

/** A connector as it was when its files were read. */
export interface Preview extends FormSources {
  connector: Connector;
  model: PreviewModel;
  /** In the order of `model.findings`; with their fixes. */
  findings: Finding[];
  session: ValidationSession;
}

/**
 * Reads and validates the connector at `path`.
 *
 * @throws UserError when it can't be read, or isn't JSON; `file:line:column` is in the message
 */
export async function readPreview(path: string, options: ValidateOptions): Promise<Preview> {
  const session = await startedSession(path, options);
  return previewOf(session, formSources(session.connector, options.cwd), options.cwd);
}

/**
 * What can be seen of a connector with a definition or apiProperties.json that isn't JSON at the moment: the forms
 * without that file, and everything that `validate` finds.
 *
 * @returns undefined where something else keeps the connector from being shown
 */
export async function readPartly(path: string, options: ValidateOptions): Promise<Preview | undefined> {
  const session = await startedSession(path, options).catch(unlessUserError);
  if (session === undefined) return undefined;
  const { definition, properties } = session.connector;
  const files = [definition, properties].filter((file) => file !== undefined);
  if (files.every((file) => reliableObject(file) !== undefined)) return undefined;
  const inner = asObject(getOwn(reliableObject(properties), 'properties'));
  const sources = { definition: reliableObject(definition) ?? {}, inner };
  return previewOf(session, sources, options.cwd);
}

function unlessUserError(error: unknown): undefined {
  if (!isUserError(error)) throw error;
}

async function startedSession(path: string, options: ValidateOptions): Promise<ValidationSession> {
  const session = await openSession(path, options);
  if (!('findings' in session)) return session;
  const [finding] = session.findings;
  throw new UserError(`${shownPath(path, options.cwd)}: ${finding?.message ?? "this can't be read"}`);
}

async function previewOf(session: ValidationSession, sources: FormSources, cwd: string): Promise<Preview> {
  const { connector, profile } = session;
  const form = formModel(sources.definition, sources.inner);
  const findings = await session.validate(connector);
  const fileOf = ({ file }: Finding) =>
    file === connector.definition?.path
      ? ('definition' as const)
      : file === connector.properties?.path
        ? ('properties' as const)
        : undefined;
  const safe = findings.map((finding) => ({
    ...finding,
    fixable: finding.fixable && ruleById.get(finding.rule)?.fix === 'safe',
  }));
  const placed = placeFindings(form, safe, fileOf, (file) => shownPath(file, cwd));
  return {
    ...sources,
    connector,
    session,
    findings,
    model: { ...form, findings: placed, counts: countFindings(findings), profile },
  };
}

/**
 * @throws UserError when the definition or apiProperties.json isn't JSON that can be relied on
 */
export function formSources({ definition, properties, location }: Connector, cwd: string): FormSources {
  if (definition === undefined) {
    throw noConnector(
      location.root,
      'go to a connector or name it: pp-connector preview FOLDER; make one: pp-connector new',
      { cwd, usage: 'preview FOLDER' },
    );
  }
  const value = requireSwagger(definition, shownSource(definition.path, cwd));
  const outer = properties === undefined ? {} : requireReliable(properties, shownSource(properties.path, cwd));
  return { definition: value, inner: asObject(getOwn(outer, 'properties')) };
}
