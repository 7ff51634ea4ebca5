import { type Body, bytesBody, encoded } from '../message.ts';
import type { InputFile } from './files.ts';

/** Bodies of forms. */

export interface FormField {
  name: string;
  value: string | InputFile;
}

/** `application/x-www-form-urlencoded`; a blank is `%20`. Of a file its content as text. */
export const urlEncoded = (fields: readonly FormField[]): Body => ({
  kind: 'text',
  text: fields
    .map(({ name, value }) => `${encoded(name)}=${encoded(typeof value === 'string' ? value : value.bytes.toString())}`)
    .join('&'),
});

export interface Multipart {
  body: Body;
  boundary: string;
}

/** `multipart/form-data`, the same bytes for the same fields. */
export function multipart(fields: readonly FormField[]): Multipart {
  const parts = fields.map(({ name, value }) => ({ head: headOf(name, value), content: contentOf(value) }));
  let boundary = 'pp-connector-boundary';
  while (parts.some(({ content }) => content.includes(boundary))) boundary += '-x';
  const pieces = parts.flatMap(({ head, content }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ]);
  return { body: bytesBody(Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])), boundary };
}

const contentOf = (value: FormField['value']): Buffer => (typeof value === 'string' ? Buffer.from(value) : value.bytes);

function headOf(name: string, value: FormField['value']): string {
  const disposition = `Content-Disposition: form-data; name="${inQuotes(name)}"`;
  if (typeof value === 'string') return disposition;
  return `${disposition}; filename="${inQuotes(value.name)}"\r\nContent-Type: application/octet-stream`;
}

/** As browsers write it (WHATWG, multipart/form-data encoding algorithm). */
const inQuotes = (text: string): string => text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
