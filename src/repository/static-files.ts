/** Whether the extension for Visual Studio Code can be installed by its name: then new repositories recommend it. */
const isExtensionPublished: boolean = false;

/**
 * Files that are the same in every repository. A template's path is its file's path, with `_` for a leading dot.
 *
 * @param isPublished whether the extension is recommended
 */
export const staticFilesOf = (isPublished: boolean) =>
  [
    '_editorconfig',
    '_gitattributes',
    '_gitignore',
    ...(isPublished ? (['_vscode/extensions.json'] as const) : []),
    '_vscode/settings.json',
    '_yo-rc.json',
  ] as const;

export const staticFiles = staticFilesOf(isExtensionPublished);

/** Path of a template's file in the repository, with `/`. */
export const targetOf = (template: string): string => template.replaceAll(/(^|\/)_/g, '$1.');
