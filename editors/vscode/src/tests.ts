import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type * as vscode from 'vscode';
import type { Editor } from './start.ts';

interface Report {
  files: { path: string; cases: { name: string; outcome: 'passed' | 'failed' | 'skipped'; message?: string }[] }[];
}

/** The files of tests in the editor's list of tests; each is run by `pp-connector test`, and its cases appear below it. */
export function addTests(editor: Editor, program: () => string): vscode.Disposable {
  const controller = editor.tests.createTestController('pp-connector', 'Connector tests');
  controller.resolveHandler = async (item) => {
    if (item !== undefined) return;
    for (const uri of await editor.workspace.findFiles('**/tests/**/*.test.yaml', '**/node_modules/**')) {
      controller.items.add(controller.createTestItem(uri.toString(), basename(uri.fsPath), uri));
    }
  };
  controller.createRunProfile('Run', editor.TestRunProfileKind.Run, async (request, token) => {
    const run = controller.createTestRun(request);
    const items = request.include ?? [...controller.items].map(([, item]) => item);
    for (const item of items) {
      if (token.isCancellationRequested || item.uri === undefined) continue;
      run.started(item);
      const report = await resultOf(program(), item.uri.fsPath, token);
      show(editor, controller, run, item, report);
    }
    run.end();
  });
  return controller;
}

/** @returns what the command says; a text where it could not run */
function resultOf(program: string, file: string, token: vscode.CancellationToken): Promise<Report | string> {
  return new Promise((resolve) => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const options = { cwd: dirname(file), env, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(
      process.execPath,
      [program, 'test', file, '--format', 'json'],
      options,
      (_, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as Report);
        } catch {
          resolve(stderr === '' ? 'pp-connector test gave no result' : stderr);
        }
      },
    );
    token.onCancellationRequested(() => child.kill());
  });
}

function show(
  editor: Editor,
  controller: vscode.TestController,
  run: vscode.TestRun,
  item: vscode.TestItem,
  report: Report | string,
): void {
  if (typeof report === 'string') {
    run.errored(item, new editor.TestMessage(report));
    return;
  }
  const cases = report.files.flatMap((file) => file.cases);
  item.children.replace(
    cases.map(({ name }, index) => controller.createTestItem(`${item.id}#${index}`, name, item.uri)),
  );
  for (const [index, { outcome, message = '' }] of cases.entries()) {
    const child = item.children.get(`${item.id}#${index}`);
    if (child === undefined) continue;
    if (outcome === 'failed') run.failed(child, new editor.TestMessage(message));
    else if (outcome === 'skipped') run.skipped(child);
    else run.passed(child);
  }
  const failed = cases.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0)
    run.failed(
      item,
      failed.map(({ name, message = '' }) => new editor.TestMessage(`${name}: ${message}`)),
    );
  else run.passed(item);
}
