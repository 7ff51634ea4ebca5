import { findConnector } from '../src/connector/find.ts';
import { type Connector, readConnector } from '../src/connector/load.ts';
import type { DocumentOptions } from '../src/docs/document-files.ts';
import { UserError } from '../src/errors.ts';
import { readTemplate } from '../src/repository/templates.ts';

/** The connector in a folder, for generators that change it. @throws UserError when there is none */
export function loadForEditing(root: string): Connector {
  const location = findConnector(root);
  if (location.files.definition === undefined) {
    throw new UserError(`${root}: there is no connector here`, {
      hint: 'go to a connector repository, or make one with: pp-connector new',
    });
  }
  return readConnector(location);
}

export const documentTemplates = (): DocumentOptions['templates'] => ({
  readme: readTemplate('readme', 'README.md.ejs'),
  intro: readTemplate('readme', 'INTRO.md.ejs'),
});
