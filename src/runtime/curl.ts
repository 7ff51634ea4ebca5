import { isObject, type Json } from '../connector/json/value.ts';
import type { RequestStep, Trace } from './trace.ts';

/** The requests of a trace as commands for a shell. Secrets stay placeholders. */
export function curlOf({ steps }: Trace): string {
  const requests = steps.filter((step): step is RequestStep => step.step === 'send' || step.step === 'ready');
  return `${requests.map(command).join('\n\n')}\n`;
}

function command({ method, url, headers, body }: RequestStep): string {
  const { before, data } = dataOf(body);
  const lines = [
    `${before}curl --request ${method} ${inQuotes(url)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${inQuotes(`${name}: ${value}`)}`),
    ...data,
  ];
  return lines.join(' \\\n  ');
}

function dataOf(body: Json): { before: string; data: string[] } {
  if (body === null) return { before: '', data: [] };
  if (isObject(body) && Object.keys(body).length === 1 && typeof body.base64 === 'string') {
    return { before: `printf %s ${inQuotes(body.base64)} | base64 --decode | `, data: ['--data-binary @-'] };
  }
  return { before: '', data: [`--data-raw ${inQuotes(typeof body === 'string' ? body : JSON.stringify(body))}`] };
}

/** For a POSIX shell. */
const inQuotes = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
