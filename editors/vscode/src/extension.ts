import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
import { type Extension, start } from './start.ts';

let running: Extension | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  running = await start(vscode, (options) => new LanguageClient('pp-connector', 'Connectors', options, clientOptions), {
    extensionPath: context.extensionPath,
    subscriptions: context.subscriptions,
  });
}

export const deactivate = (): Promise<void> | undefined => running?.stop();

const clientOptions = {
  documentSelector: [
    { scheme: 'file', language: 'json' },
    { scheme: 'file', language: 'jsonc' },
    { scheme: 'file', language: 'csharp' },
    { scheme: 'file', language: 'markdown' },
    { scheme: 'file', pattern: '**/tests/**/*.test.yaml' },
  ],
  initializationOptions: { commands: true },
};
