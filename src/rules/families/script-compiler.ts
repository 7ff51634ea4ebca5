import type { Compilation, ScriptProblem } from '../../script/compilation.ts';
import { defineFamily, type Example } from '../engine/rule.ts';
import type { CompiledScript } from '../engine/visitor.ts';

/** What the compiler found; nothing where it wasn't there. */
export const problemsOf = (result: Compilation): readonly ScriptProblem[] =>
  'problems' in result ? result.problems : [];

/** `#r` and `#load` have a rule of their own. */
function isOfDirective({ start }: ScriptProblem, { file }: CompiledScript): boolean {
  return file.parsed.directives.some(({ offset, end }) => offset <= start && start <= end);
}

const scriptText = (statement: string): string => `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        ${statement}
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken);
    }
}
`;

const place = { start: scriptText('').indexOf('        \n') + 8, line: 5, column: 9 };

/** An example whose compiler finds this. */
const compiled = (
  name: string,
  statement: string,
  problems: readonly Pick<ScriptProblem, 'code' | 'message' | 'kind'>[] = [],
): Example => ({
  name,
  properties: { properties: { scriptOperations: [] } },
  files: { 'script.csx': scriptText(statement) },
  compilation: { problems: problems.map((problem) => ({ ...problem, ...place })) },
});

const clean = compiled('it compiles', 'var parts = "a,b".Split(\',\');');

/** Rules about script.csx that only a compiler can check: `pp-connector validate` has one where .NET is installed. */
export const family = defineFamily({ name: 'script.csx and the compiler', order: 415 }, [
  {
    id: 'script-compiles',
    title: 'The script compiles.',
    why: 'The service compiles it with the libraries of .NET Framework, and answers a mistake with an internal error that names no line.',
    remedy: 'Correct what the compiler names. What newer versions of .NET have beyond .NET Framework 4.8 is not there.',
    source:
      'Custom code: the surface of .NET Framework 4.8; published connectors: their scripts compile against its reference assemblies',
    severity: 'E/E/E',
    on: {
      compilation: (script, report) => {
        for (const problem of problemsOf(script.result)) {
          if (problem.kind !== 'compiler' || isOfDirective(problem, script)) continue;
          report({ file: script.file, offset: problem.start }, `${problem.message} (${problem.code})`);
        }
      },
    },
    examples: {
      good: [clean],
      bad: [
        {
          ...compiled('only newer versions of .NET have it', 'var lines = "a b".Split(" ");', [
            { kind: 'compiler', code: 'CS1503', message: "Argument 1: cannot convert from 'string' to 'char'" },
          ]),
          expect: ['script'],
        },
      ],
    },
  },
  {
    id: 'script-surface',
    title: 'Of the service, the script uses only what its classes have.',
    why: 'Context, its logger and ScriptBase have the documented members, and two that published scripts use: OriginalRequestUri and CreateNotificationUri. With others the script does not compile.',
    remedy:
      'Use one of the members that the message names. Values of the connection are not among them: a policy hands them to the script in a header.',
    source: 'Documentation of custom code; published connectors',
    severity: 'E/E/E',
    on: {
      compilation: ({ file, result }, report) => {
        for (const { kind, message, start } of problemsOf(result)) {
          if (kind === 'surface') report({ file, offset: start }, message);
        }
      },
    },
    examples: {
      good: [clean],
      bad: [
        {
          ...compiled('a member that is not there', 'var key = this.Context.ConnectionParameters["api_key"];', [
            {
              kind: 'surface',
              code: 'CS1061',
              message: 'IScriptContext has no ConnectionParameters; it has CorrelationId, OperationId, Request',
            },
          ]),
          expect: ['script'],
        },
      ],
    },
  },
  {
    id: 'script-not-compiled',
    title: 'A compiler has looked at the script.',
    why: 'Without one, mistakes in the code show only when the connector is deployed.',
    remedy:
      'Install the .NET SDK, and get what scripts are compiled against: pp-connector doctor --install. To do without: --no-compile.',
    source: 'This tool',
    severity: 'I/I/I',
    on: {
      compilation: ({ file, result }, report) => {
        if ('missing' in result) report({ file, offset: 0 }, `the script was not compiled: ${result.missing}`);
      },
    },
    examples: {
      good: [clean],
      bad: [
        { ...clean, name: 'no .NET', compilation: { missing: 'the .NET SDK is not installed' }, expect: ['script'] },
      ],
    },
  },
]);
