import { isObject, type Json, type JsonObject, setOwn } from '../connector/json/value.ts';
import { spellings } from '../process/redact.ts';

/** What must not be shown, and what is shown in its place: `‹label›`. */
export interface Secret {
  label: string;
  value: string;
}

export const maskOf = (label: string): string => `‹${label}›`;

/** Base64 of a few bytes would be found everywhere. */
const shortestEncoded = 4;

/**
 * Takes secrets out of everything that is shown, written or recorded: as they are, and as URLs, forms, JSON, HTML and
 * Base64 have them, also one in another.
 */
export class Secrets {
  private readonly known: (Secret & { asBytes: readonly string[] })[] = [];
  private forms: { text: string; mask: string }[] = [];

  constructor(secrets: readonly Secret[] = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** From now on, and for what was kept before and is shown later. */
  add(secret: Secret): void {
    if (secret.value === '' || this.known.some(({ value }) => value === secret.value)) return;
    const texts = formsOf(secret.value);
    // one character per byte, as what was decoded
    this.known.push({ ...secret, asBytes: texts.map((text) => Buffer.from(text).toString('latin1')) });
    this.forms = [...this.forms, ...texts.map((text) => ({ text, mask: maskOf(secret.label) }))].sort(
      (a, b) => b.text.length - a.text.length,
    );
  }

  get isEmpty(): boolean {
    return this.known.length === 0;
  }

  text(text: string): string {
    if (this.isEmpty) return text;
    return this.inBase64(this.plain(text));
  }

  /** The values in place of their masks: in what an earlier run kept. */
  revealed(text: string, write: (value: string) => string = (value) => value): string {
    return this.known.reduce((shown, { label, value }) => shown.replaceAll(maskOf(label), () => write(value)), text);
  }

  private plain(text: string): string {
    let shown = text;
    for (const { text: form, mask } of this.forms) if (shown.includes(form)) shown = shown.replaceAll(form, mask);
    return shown;
  }

  /** Base64 that a secret is somewhere in: the whole of it goes, whatever else it holds. */
  private inBase64(text: string): string {
    return text.replaceAll(/[\w+/%-]{8,}={0,2}/g, (token) => {
      if (this.within(token).length === 0) return token;
      const parts = token.split('/');
      const masked = parts.map((part) => this.maskOfAll(this.within(part)) ?? part);
      return masked.join('/') === token ? (this.maskOfAll(this.within(token)) ?? token) : masked.join('/');
    });
  }

  /** Labels of the secrets in Base64 that begins anywhere in a text. */
  private within(token: string): string[] {
    const plain = token.includes('%')
      ? token.replaceAll(/%2b/gi, '+').replaceAll(/%2f/gi, '/').replaceAll(/%3d/gi, '=')
      : token;
    const inside = [0, 1, 2, 3].map((start) => Buffer.from(plain.slice(start), 'base64').toString('latin1'));
    return this.known
      .filter(({ value }) => value.length >= shortestEncoded)
      .filter(({ asBytes }) => asBytes.some((form) => inside.some((bytes) => bytes.includes(form))))
      .map(({ label }) => label);
  }

  private maskOfAll(labels: readonly string[]): string | undefined {
    return labels.length === 0 ? undefined : maskOf(labels.join(','));
  }

  /** Texts, names and numbers anywhere in a value. */
  json<T extends Json>(value: T): T {
    return this.isEmpty ? value : (this.value(value) as T);
  }

  private value(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') {
      const shown = this.plain(String(value));
      return shown === String(value) ? value : shown;
    }
    if (Array.isArray(value)) return value.map((element) => this.value(element));
    if (!isObject(value)) return value;
    const result: JsonObject = {};
    for (const [key, inner] of Object.entries(value)) setOwn(result, this.text(key), this.value(inner));
    return result;
  }
}

function formsOf(secret: string): string[] {
  // headers are sent as bytes of UTF-8, which many servers read as Latin-1
  const once = [secret, Buffer.from(secret).toString('latin1')].flatMap(spellings);
  if (secret.length < shortestEncoded) return [...new Set(once)];
  const bytes = Buffer.from(secret);
  const twice = once.flatMap((form) => [encodeURIComponent(form), JSON.stringify(form).slice(1, -1)]);
  return [
    ...new Set([...once, ...twice, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')]),
  ];
}
