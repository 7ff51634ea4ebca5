import type { Connector } from '../../connector/load.ts';
import type { SourceFile, TextFile } from '../../connector/source-file.ts';
import type { Compilation, CompileScript } from '../../script/compilation.ts';
import { loadCSharpParser, type ScriptFile } from '../parsers/csharp.ts';
import { loadMarkdownParser, type MarkdownFile } from '../parsers/markdown.ts';
import { loadPngDecoder, type PictureFile } from '../parsers/png.ts';
import { buildModel, type ConnectorModel, type ModelOptions } from './model.ts';

/**
 * The connector as rules see it, with its icon, documents and script as their parsers read them.
 *
 * Only the parsers that this connector needs are loaded: most connectors have no script and no icon, and loading is most
 * of the time that one connector costs. A file is parsed when the first rule looks at it; rules themselves never wait.
 */
export async function loadModel(files: Connector, options: LoadOptions): Promise<ConnectorModel> {
  const { icon, readme, intro, script } = files;
  const [withPixels, withDocument, withScript, compilation] = await Promise.all([
    icon === undefined ? undefined : readIcons(),
    readme === undefined && intro === undefined ? undefined : readDocuments(),
    script === undefined ? undefined : readScripts(),
    script && options.compile && compiled(script, options.compile),
  ]);
  return buildModel(
    {
      ...files,
      icon: icon && withPixels?.(icon),
      readme: readme && withDocument?.(readme),
      intro: intro && withDocument?.(intro),
      script: script && withScript?.(script),
      compilation,
    },
    options,
  );
}

export interface LoadOptions extends ModelOptions {
  /** Compiles the script; undefined: no rule asks for that. */
  compile?: CompileScript | undefined;
}

const compilations = new WeakMap<TextFile, Promise<Compilation>>();

/** As long as the script stays the same while other files are fixed, it is compiled once. */
function compiled(script: TextFile, compile: CompileScript): Promise<Compilation> {
  const known = compilations.get(script) ?? compile(script.text);
  compilations.set(script, known);
  return known;
}

/** Files that stay the same while others are fixed are read once. */
function remembering<From extends SourceFile, To extends object>(make: (file: From) => To): (file: From) => To {
  const known = new WeakMap<From, To>();
  return (file) => {
    const read = known.get(file) ?? make(file);
    known.set(file, read);
    return read;
  };
}

/** Loads a parser the first time that it is asked for. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}

const readIcons = once(async () => {
  const decode = await loadPngDecoder();
  return remembering((file: SourceFile): PictureFile => {
    let decoded: { pixels: PictureFile['pixels'] } | undefined;
    return {
      ...file,
      get pixels() {
        decoded ??= { pixels: decode(file.bytes) };
        return decoded.pixels;
      },
    };
  });
});

const readDocuments = once(async () => {
  const parse = await loadMarkdownParser();
  return remembering((file: NonNullable<Connector['readme']>): MarkdownFile => {
    let document: MarkdownFile['document'] | undefined;
    return {
      ...file,
      get document() {
        document ??= parse(file.text);
        return document;
      },
    };
  });
});

const readScripts = once(async () => {
  const parse = await loadCSharpParser();
  return remembering((file: NonNullable<Connector['script']>): ScriptFile => {
    let parsed: ScriptFile['parsed'] | undefined;
    return {
      ...file,
      get parsed() {
        parsed ??= parse(file.text);
        return parsed;
      },
    };
  });
});
