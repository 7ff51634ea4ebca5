import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Answers, text } from '../answers.ts';
import { allKinds } from '../authentication/kinds.ts';
import { ConnectorDraft } from '../connector/draft.ts';
import { formatJson } from '../connector/json/edit.ts';
import { getOwn, type JsonObject } from '../connector/json/value.ts';
import type { Profile } from '../connector/profile.ts';
import { UserError } from '../errors.ts';
import { nearFile } from '../files/near-file.ts';
import { keepWhereValid } from '../import/keep-valid-swagger.ts';
import { isAddress, readSource } from '../import/read/load.ts';
import { unusableOf } from '../import/report.ts';
import { importedFiles, importedTexts, reportName } from '../import/repository-import.ts';
import { routeImported } from '../import/script-routes.ts';
import { formatDefinition } from '../import/serialise.ts';
import { addSignInScript } from '../import/sign-in-script.ts';
import { describeReport } from '../import/summary.ts';
import { onOneLine } from '../shown.ts';
import { importOptions, readOptions, reportPath } from './questions/import.ts';
import { convertByPrompts } from './questions/import-choices.ts';
import type { Prompts } from './questions/prompts.ts';
import { connectorIn, file, type StartingPoint } from './starting-point.ts';

export interface DescriptionRequest {
  root: string;
  /** A file, relative to `cwd`, or an address. */
  place: string;
  cwd: string;
  /** How it is read and converted. `auth` may also be a kind that the description doesn't have. */
  answers: Answers;
  profile: Profile;
  /** Says that something takes its time, until what is returned is called. */
  waiting?: (what: string) => () => void;
  /** Somebody who can be asked. */
  prompts: Prompts | undefined;
}

/**
 * An API description of any kind, converted as `import` does it, with what the next import has to know.
 *
 * @throws UserError, ImportRefused where there can be no connector of it
 */
export async function fromDescription(request: DescriptionRequest): Promise<StartingPoint> {
  const { root, place, cwd, answers, profile, prompts } = request;
  if (!isAddress(place) && !existsSync(resolve(cwd, place)))
    throw new UserError(`--api ${place}: there is no such file${nearFile(resolve(cwd, place))}`);
  const stopWaiting = request.waiting?.(`reading ${place}`);
  const whole = isAddress(place) ? place : resolve(cwd, place);
  const source = await readSource(whole, readOptions(answers, cwd)).finally(stopWaiting);
  const given = await importOptions(answers, cwd);
  const mayLackSignIn = allKinds.some(({ name }) => name === given.auth);
  const converted = await convertByPrompts(source, given, { prompts, mayLackSignIn });
  const { options, choseSignIn } = converted;
  if (
    given.auth !== undefined &&
    !mayLackSignIn &&
    getOwn(converted.result.definition, 'securityDefinitions') === undefined
  ) {
    throw new UserError(`--auth: the description has no security scheme, so none is called "${given.auth}"`, {
      hint: `set one up with: ${allKinds.map(({ name }) => name).join(', ')}`,
    });
  }
  const result = options.keep === true ? await keepWhereValid(source, converted.result, profile) : converted.result;
  const report = text(answers, 'report') || reportName;
  const summary = `${describeReport(result, { profile })}The whole report: ${onOneLine(report)}`;
  const losses = unusableOf(result.report);
  if (answers.strict === true && losses.length > 0) {
    throw new UserError(`${losses.length} parts of the description cannot be used; nothing was written (--strict)`, {
      details: losses.map(({ pointer, message }) => `${pointer}: ${message}`),
      exitStatus: 1,
    });
  }
  const draft = new ConnectorDraft(
    connectorIn(root, [
      file('definition', root, Buffer.from(formatDefinition(result.definition, result.indent))),
      file('properties', root, Buffer.from(formatJson({ properties: { ...result.properties } as JsonObject }))),
    ]),
  );
  const notes = [...routeImported(draft, result, undefined), ...addSignInScript(draft, result)];
  return {
    origin: 'import',
    connector: { ...draft.finished(), derivedTexts: importedTexts(result.definition, undefined, result) },
    source: undefined,
    notes,
    summary,
    imported: importedFiles(root, {
      place,
      source,
      options,
      result,
      reportPath: reportPath(answers, cwd),
      definition: result.definition,
    }),
    choseSignIn,
  };
}
