import { basename } from 'node:path';
import { nearest } from '../../did-you-mean.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Example, type Fix } from '../engine/rule.ts';
import { renameFile } from '../fix/file-fixes.ts';
import type { Script, TypeDeclaration } from '../parsers/csharp.ts';
import { isGateway } from './connection-parameters.ts';
import { problemsOf } from './script-compiler.ts';

const maxBytes = 1_048_576;

/** What the service's compiler offers to scripts. */
const namespaces: ReadonlySet<string> = new Set([
  'System',
  'System.Collections',
  'System.Collections.Generic',
  'System.Diagnostics',
  'System.IO',
  'System.IO.Compression',
  'System.Linq',
  'System.Net',
  'System.Net.Http',
  'System.Net.Http.Headers',
  'System.Net.Security',
  'System.Security.Authentication',
  'System.Security.Cryptography',
  'System.Text',
  'System.Text.RegularExpressions',
  'System.Threading',
  'System.Threading.Tasks',
  'System.Web',
  'System.Xml',
  'System.Xml.Linq',
  'System.Drawing',
  'System.Drawing.Drawing2D',
  'System.Drawing.Imaging',
  'Microsoft.Extensions.Logging',
  'Newtonsoft.Json',
  'Newtonsoft.Json.Linq',
]);

/** The last part of a name with dots. */
const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const withoutArguments = (type: string): string => type.replace(/<[\s\S]*$/, '');

/** The class that the service runs; its own loader doesn't mind the case of the name. */
const scriptClass = (script: Script): TypeDeclaration | undefined =>
  script.types.find(
    (type) =>
      type.kind === 'class' &&
      !type.nested &&
      type.name.toLowerCase() === 'script' &&
      type.bases.some((base) => shortName(base) === 'ScriptBase'),
  );

const isEntryType = (type: string): boolean =>
  /^(?:[\w.]+\.)?Task<(?:[\w.]+\.)?HttpResponseMessage>$/.test(type.replace(/^global::/, ''));

const entry = `    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken);
    }
`;

const scriptText = (body = entry, head = '', declaration = 'public class Script : ScriptBase'): string =>
  `${head}${declaration}\n{\n${body}}\n`;

const withScript = (name: string, text: string): Example => ({
  name,
  properties: { properties: { scriptOperations: [] } },
  files: { 'script.csx': text },
});

const compare = (expression: string): string =>
  scriptText(entry.replace('        return', `        if (${expression}) return null;\n        return`));

/** Takes `[from, to)` and the end of its line out of a text. */
const cut = (text: string, from: number, to: number): string => {
  const rest = text.slice(to).replace(/^[ \t]*(\r\n|\n|$)/, '');
  return text.slice(0, from).replace(/(?<![ \t])[ \t]*$/, '') + rest;
};

/** Rules about script.csx. */
export const family = defineFamily({ name: 'script.csx', order: 410 }, [
  {
    id: 'script-name',
    title: 'The script is one file called script.csx.',
    why: 'The service takes one script, and the tools look for it under this name.',
    remedy: 'Rename the file to script.csx, and put everything into it.',
    source: 'paconn documentation; documentation of custom code',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      script: (script, report, connector) => {
        const name = basename(script.path);
        if (name !== 'script.csx') {
          report(
            { file: script, offset: 0 },
            `the script is called ${quote(name)}; call it script.csx`,
            renameFile(connector, script, 'script.csx'),
          );
        }
        for (const other of connector.files.location.others) {
          if (/\.csx?$/i.test(other)) {
            report({ missing: other }, `${quote(other)} is a second script; the service takes only script.csx`);
          }
        }
      },
    },
    examples: {
      good: [withScript('the usual name', scriptText())],
      bad: [
        {
          name: 'another name',
          properties: { properties: { scriptOperations: [] } },
          files: { 'Script.cs': scriptText() },
          expect: ['script'],
          fixed: withScript('the usual name', scriptText()),
        },
        {
          name: 'another name, in settings.json',
          properties: { properties: { scriptOperations: [] } },
          settings: { script: './Script.cs' },
          files: { 'Script.cs': scriptText() },
          expect: ['script'],
          fixed: { ...withScript('the usual name', scriptText()), settings: { script: './script.csx' } },
        },
        {
          name: 'two scripts',
          properties: { properties: { scriptOperations: [] } },
          files: { 'script.csx': scriptText(), 'helpers.csx': scriptText() },
          expect: ['script'],
        },
      ],
    },
  },
  {
    id: 'script-size',
    title: 'The script has at most 1 MB.',
    why: 'The service refuses larger ones.',
    remedy: 'Take out what the operations do not need.',
    source: 'Documentation of custom code',
    severity: 'E/E/E',
    on: {
      script: (script, report) => {
        const size = script.bytes.length;
        if (size > maxBytes)
          report({ file: script, offset: 0 }, `the script has ${size} bytes; at most ${maxBytes} are allowed`);
      },
    },
    examples: {
      good: [withScript('small', scriptText())],
      bad: [
        {
          ...withScript('a long comment', `${scriptText()}// ${'x'.repeat(maxBytes)}`),
          expect: ['script'],
        },
      ],
    },
  },
  {
    id: 'script-class',
    title: 'The script declares "public class Script : ScriptBase".',
    why: 'The service runs this class.',
    remedy: 'Call the class Script, make it public, and derive it from ScriptBase.',
    source: 'Documentation of custom code',
    severity: 'W/E/W',
    on: {
      script: (file, report) => {
        const script = file.parsed;
        const found = scriptClass(script);
        if (found === undefined) {
          const near = script.types.find((type) => type.kind === 'class' && !type.nested);
          report(
            { file, offset: near?.offset ?? 0 },
            `the script must declare "public class Script : ScriptBase"${near === undefined ? '' : `; its class is ${quote(near.name)}${near.bases.length === 0 ? ' without a base class' : ` : ${near.bases.join(', ')}`}`}`,
          );
        } else if (found.name !== 'Script') {
          report(
            { file, offset: found.offset },
            `the class is called ${quote(found.name)}; call it Script, with a capital`,
          );
        } else if (!found.modifiers.includes('public')) {
          report({ file, offset: found.offset }, 'the class Script must be public');
        }
      },
    },
    examples: {
      good: [withScript('as documented', scriptText())],
      bad: [
        {
          ...withScript('lower case', scriptText(entry, '', 'public class script : ScriptBase')),
          expect: ['script'],
        },
        {
          ...withScript('another base', scriptText(entry, '', 'public class Script')),
          expect: ['script'],
        },
        { ...withScript('nothing', '// to be written\n'), expect: ['script'], implies: ['script-execute-async'] },
      ],
    },
  },
  {
    id: 'script-execute-async',
    title: 'The script overrides Task<HttpResponseMessage> ExecuteAsync().',
    why: 'It is the method that the service calls for each request.',
    remedy: 'Add "public override async Task<HttpResponseMessage> ExecuteAsync()".',
    source: 'Documentation of custom code',
    severity: 'E/E/E',
    on: {
      script: (file, report) => {
        const script = file.parsed;
        const types = scriptClass(script) === undefined ? script.types : [scriptClass(script) as TypeDeclaration];
        const candidates = types.flatMap((type) => type.methods).filter((method) => method.name === 'ExecuteAsync');
        const fits = candidates.some(
          (method) => method.modifiers.includes('override') && isEntryType(method.returns) && method.parameters === 0,
        );
        if (fits) return;
        const [near] = candidates;
        report(
          { file, offset: near?.offset ?? types[0]?.offset ?? 0 },
          near === undefined
            ? 'the script has no method ExecuteAsync; add "public override async Task<HttpResponseMessage> ExecuteAsync()"'
            : `ExecuteAsync must be "public override async Task<HttpResponseMessage> ExecuteAsync()"; it is "${[...near.modifiers, near.returns].join(' ')} ExecuteAsync" with ${near.parameters} parameters`,
        );
      },
    },
    examples: {
      good: [
        withScript('as documented', scriptText()),
        withScript('not async', scriptText(entry.replace('async ', '').replace('await ', ''))),
        withScript(
          'spelled out',
          scriptText(
            entry.replace(
              'Task<HttpResponseMessage>',
              'System.Threading.Tasks.Task < System.Net.Http.HttpResponseMessage >',
            ),
          ),
        ),
        withScript('after a byte-order mark', `\uFEFF${scriptText()}`),
      ],
      bad: [
        { ...withScript('another name', scriptText(entry.replace('ExecuteAsync', 'RunAsync'))), expect: ['script'] },
        { ...withScript('not an override', scriptText(entry.replace('override ', ''))), expect: ['script'] },
      ],
    },
  },
  {
    id: 'script-namespaces',
    title: 'The script uses only namespaces that the service offers.',
    why: 'With others it does not compile, which shows only as an internal error when the connector is deployed.',
    remedy: 'Do without the namespace that is named; the documentation lists those that work.',
    source: 'Documentation of custom code',
    severity: 'W/W/W',
    on: {
      script: (file, report) => {
        for (const using of file.parsed.usings) {
          const name = using.name.replace(/^global::/, '');
          // an alias or a static import names a type
          const namespace = withoutArguments(name);
          const outer = namespace.slice(0, Math.max(0, namespace.lastIndexOf('.')));
          if (namespaces.has(namespace)) continue;
          if ((using.isStatic || using.isAlias) && (outer === '' || namespaces.has(outer))) continue;
          report({ file, offset: using.offset }, `the service does not offer the namespace ${quote(name)} to scripts`);
        }
      },
    },
    examples: {
      good: [
        withScript(
          'offered',
          scriptText(entry, 'using System.Net;\nusing Newtonsoft.Json.Linq;\nusing static System.Math;\n'),
        ),
      ],
      bad: [{ ...withScript('not offered', scriptText(entry, 'using System.Data.SqlClient;\n')), expect: ['script'] }],
    },
  },
  {
    id: 'script-no-http-client',
    title: 'The script sends requests by Context.SendAsync, not by an HttpClient.',
    why: 'Only the context has the connection, its credentials and its limits.',
    remedy: 'Build an HttpRequestMessage and give it to this.Context.SendAsync.',
    source: 'Documentation of custom code',
    severity: 'I/W/W',
    on: {
      script: (file, report) => {
        for (const { name, offset } of file.parsed.creations) {
          if (shortName(name) === 'HttpClient') {
            report({ file, offset }, 'the script makes an HttpClient; send the request by this.Context.SendAsync');
          }
        }
      },
      // the compiler knows the other ways out, too, whatever a script calls them
      compilation: ({ file, result }, report) => {
        for (const { kind, code, message, start } of problemsOf(result)) {
          if (kind !== 'network' || code === 'HttpClient') continue;
          report(
            { file, offset: start },
            `the script uses ${quote(message)}, which goes past the connector; send requests by this.Context.SendAsync`,
          );
        }
      },
    },
    examples: {
      good: [withScript('the context', scriptText())],
      bad: [
        {
          ...withScript(
            'two clients',
            scriptText(
              entry.replace(
                '        return',
                '        var one = new System.Net.Http.HttpClient();\n        HttpClient two = new();\n        return',
              ),
            ),
          ),
          expect: ['script', 'script'],
        },
        {
          ...withScript(
            'another way out',
            scriptText(
              entry.replace(
                '        return',
                '        new WebClient().DownloadString("https://example.org");\n        return',
              ),
            ),
          ),
          compilation: {
            problems: [
              { kind: 'network', code: 'WebClient', message: 'System.Net.WebClient', start: 116, line: 5, column: 13 },
            ],
          },
          expect: ['script'],
        },
      ],
    },
  },
  {
    id: 'script-no-base',
    title: 'The script declares neither ScriptBase nor IScriptContext, no namespace, and loads nothing.',
    why: 'The service brings the base types, and compiles the script as one file.',
    remedy: 'Delete these parts; they belong to a project in which you try the script out.',
    source: 'Documentation of custom code',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      script: (file, report) => {
        const script = file.parsed;
        // found again at fix time: other fixes may have moved it
        const remove = (find: (text: Script) => { offset: number; end: number } | undefined, current: string): Fix => ({
          op: 'text',
          file,
          edit: (text) => {
            const found = text === current ? find(script) : undefined;
            return found === undefined ? text : cut(text, found.offset, found.end);
          },
        });
        for (const type of script.types) {
          if (type.name !== 'ScriptBase' && type.name !== 'IScriptContext') continue;
          report(
            { file, offset: type.offset },
            `the script declares ${type.name}, which the service brings itself; delete the declaration`,
            remove(() => type, file.text),
          );
        }
        for (const { name, offset } of script.namespaces) {
          report({ file, offset }, `the script must not be in a namespace; take it out of ${quote(name)}`);
        }
        for (const directive of script.directives) {
          report(
            { file, offset: directive.offset },
            `#${directive.name} does not work in the service; delete the line`,
            remove(() => directive, file.text),
          );
        }
      },
    },
    examples: {
      good: [withScript('only the class', scriptText())],
      bad: [
        {
          ...withScript('a reference', scriptText(entry, '#r "nuget: Newtonsoft.Json"\n')),
          expect: ['script'],
          fixed: withScript('', scriptText()),
        },
        {
          ...withScript('a namespace', scriptText(entry, 'namespace Contoso;\n')),
          expect: ['script'],
        },
        {
          ...withScript('the base class', scriptText(entry, 'public abstract class ScriptBase { }\n')),
          expect: ['script'],
          fixed: withScript('', scriptText()),
        },
      ],
    },
  },
  {
    id: 'script-operation-literals',
    title: 'The texts that the script compares with Context.OperationId are operation ids.',
    why: 'A branch for an operation that does not exist never runs.',
    remedy: 'Use the operationId as it is in the definition; case counts.',
    source: 'Published connectors',
    severity: 'I/W/W',
    on: {
      script: (file, report, connector) => {
        if (connector.root === undefined) return;
        for (const { name, offset } of file.parsed.operationIds) {
          if (isOperation(name, connector)) continue;
          const guess = nearest(name, [...connector.operationsById.keys()]);
          report(
            { file, offset },
            `the script handles the operation ${quote(name)}, which the definition doesn't have${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
          );
        }
      },
    },
    examples: {
      good: [
        withScript('an operation', compare('this.Context.OperationId == "GetStation"')),
        withScript('another text', compare('"GetWind" == "x"')),
      ],
      bad: [
        { ...withScript('unknown', compare('this.Context.OperationId == "GetWind"')), expect: ['script'] },
        {
          ...withScript('called by the text', compare('"GetWind".Equals(Context.OperationId)')),
          expect: ['script'],
        },
        {
          ...withScript(
            'a switch',
            scriptText(
              entry.replace(
                '        return',
                '        switch (Context.OperationId) { case "GetStation": case "GetWind": break; }\n        return',
              ),
            ),
          ),
          expect: ['script'],
        },
      ],
    },
  },
  {
    id: 'script-no-gateway',
    title: 'A connector over the on-premises gateway has no script.',
    why: 'Scripts run in the cloud, and are not available over the gateway.',
    remedy: 'Leave the script or the gateway out.',
    source: 'Documentation of custom code',
    severity: 'E/E/E',
    on: {
      script: (file, report, connector) => {
        if (connector.connectionParameters.some(isGateway)) {
          report(
            { file, offset: 0 },
            'custom code does not run over the on-premises gateway, for which there is a connection parameter',
          );
        }
      },
    },
    examples: {
      good: [withScript('no gateway', scriptText())],
      bad: [
        {
          name: 'both',
          properties: {
            properties: {
              scriptOperations: [],
              connectionParameters: { gateway: { type: 'gatewaySetting', uiDefinition: {} } },
            },
          },
          files: { 'script.csx': scriptText() },
          expect: ['script'],
        },
      ],
    },
  },
  {
    // 5 seconds by the documentation, two minutes by later reports: nothing that the files show
    id: 'script-time-budget',
    title: 'The script answers within the time that the service gives it: 5 seconds by the documentation.',
    why: 'The service stops it after that. Newer platforms are said to allow 2 minutes.',
    remedy: 'Send few requests, and test with the slowest answer that you expect.',
    source: 'Documentation of custom code',
    severity: 'I/I/I',
    manual: true,
  },
]);

/** In some regions the platform gives the id in base64, and scripts then compare with both. */
function isOperation(name: string, connector: ConnectorModel): boolean {
  if (connector.operationsById.has(name)) return true;
  return /^[A-Za-z0-9+/]{8,}={0,2}$/.test(name) && connector.operationsById.has(Buffer.from(name, 'base64').toString());
}
