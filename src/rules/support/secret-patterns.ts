import { asObject, getOwn } from '../../connector/json/value.ts';

/**
 * Secrets by their shape. A general detector (@secretlint with its recommended preset, 11.7.1) was tried: it finds
 * nothing more in published connectors, costs five times their parsing and can be called asynchronously only; these few
 * shapes, each certain, cost a hundredth of it.
 */

export interface SecretKind {
  /** With the article, for messages. */
  name: string;
  pattern: RegExp;
  /** What the pattern alone can't tell. */
  isReal?: (text: string) => boolean;
}

/**
 * A text is searched for the mark of each kind first: at most six characters that begin with one which is rare in JSON,
 * since those are found faster than anything else.
 */
const kinds: readonly (SecretKind & { mark: string })[] = [
  {
    name: 'a JSON web token',
    mark: '.eyJ',
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/g,
    isReal: isSignedToken,
  },
  { name: 'an AWS access key', mark: 'AKIA', pattern: /\bAKIA[A-Z2-7]{16}\b/g },
  { name: 'a temporary AWS access key', mark: 'ASIA', pattern: /\bASIA[A-Z2-7]{16}\b/g },
  ...['ghp_', 'gho_', 'ghs_'].map((mark) => ({
    name: 'a GitHub token',
    mark,
    pattern: new RegExp(`\\b${mark}[A-Za-z0-9]{36,}\\b`, 'g'),
  })),
  { name: 'a GitHub token', mark: '_pat_', pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,}\b/g },
  { name: 'a GitLab token', mark: 'glpat-', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/g },
  {
    name: 'a Slack token',
    mark: 'xox',
    pattern: /(?<![A-Za-z0-9_-])xox[abeoprs]-(?:\d-)?[A-Za-z0-9-]{10,}[A-Za-z0-9]{10,}/g,
  },
  {
    name: 'a Slack webhook',
    mark: '.slack',
    pattern: /hooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{20,}/g,
  },
  { name: 'a Google API key', mark: 'AIza', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  { name: 'a Google client secret', mark: 'GOCSPX', pattern: /\bGOCSPX-[A-Za-z0-9_-]{28}/g },
  { name: 'a live Stripe key', mark: '_live_', pattern: /\b[sr]k_live_[A-Za-z0-9]{20,}/g },
  { name: 'a SendGrid key', mark: 'SG.', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b/g },
  {
    name: 'an OpenAI key',
    mark: 'T3Blbk',
    pattern: /(?<![A-Za-z0-9_-])sk-[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}/g,
  },
  { name: 'an Anthropic key', mark: '-ant-', pattern: /\bsk-ant-[A-Za-z0-9]+-[A-Za-z0-9_-]{60,}/g },
  {
    name: 'a private key',
    mark: 'KEY---',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\s|\\n|\\r)*[A-Za-z0-9+/=]{40,}/g,
  },
  {
    name: 'an Entra ID client secret',
    mark: '8Q~',
    pattern: /(?<![\w~.-])[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}(?![\w~.-])/g,
  },
  { name: 'an Azure storage key', mark: 'Key=', pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g },
  { name: 'a shared access key', mark: 'Key=', pattern: /SharedAccessKey=[A-Za-z0-9+/]{42,44}=/g },
];

export interface Secret {
  kind: string;
  offset: number;
  length: number;
}

/** All secrets in a text, in the order of the kinds. */
export function findSecrets(text: string): Secret[] {
  const found: Secret[] = [];
  for (const { name, mark, pattern, isReal } of kinds) {
    if (!text.includes(mark)) continue;
    for (const match of text.matchAll(pattern)) {
      const [value] = match;
      if (isSample(value) || isReal?.(value) === false) continue;
      found.push({ kind: name, offset: match.index, length: value.length });
    }
  }
  return found;
}

/** Documentation writes EXAMPLE, XXXX, 1234 or the alphabet into the shape. */
const isSample = (value: string): boolean =>
  /example|sample|dummy|placeholder|your|test|x{6,}|0{8,}|123456|abcdef|\.{3}/i.test(value) || new Set(value).size < 10;

/** The example that jwt.io shows, which half of all API descriptions copy. */
const sampleSubjects: ReadonlySet<unknown> = new Set(['1234567890', 'John Doe']);

/** A token whose parts are what they claim to be, and not the well-known sample. */
function isSignedToken(token: string): boolean {
  const [header, payload] = token.split('.').slice(0, 2).map(decodePart);
  if (typeof getOwn(asObject(header), 'alg') !== 'string') return false;
  const claims = asObject(payload);
  return Object.keys(claims).length > 0 && !['sub', 'name'].some((key) => sampleSubjects.has(getOwn(claims, key)));
}

function decodePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** As much of a secret as helps to find it, and no more. */
export const veil = (secret: string): string => `${secret.slice(0, 6)}…`;
