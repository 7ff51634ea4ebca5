/** Milliseconds before the second and the third attempt; there is no fourth. */
export const retryDelays: readonly number[] = [2000, 8000];

/** Failures that pass by themselves, as they are seen in public reports, and what they mean. */
const transientFailures: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [
    /\b(status|http|code|error)\b\D{0,20}\b429\b|\(429\)|too many requests|\bthrottl(ed|ing)\b|rate limit/i,
    'the service asks for fewer requests',
  ],
  [
    /\b(status|http|code|error)\b\D{0,20}\b50[234]\b|\(50[234]\)|bad gateway|gateway time-?out|service unavailable/i,
    'a gateway on the way to the service gave up',
  ],
  [
    /\b(status|http|code|error|apim)\b\D{0,20}\b500\b|\(500\)|internal ?server ?error/i,
    'the service had an internal error',
  ],
  [/unable to find an unassigned function app/i, 'the region has no capacity for connector code at the moment'],
  [
    /ECONNRESET|ETIMEDOUT|EAI_AGAIN|socket hang up|connection (was )?(reset|aborted|forcibly closed)|reset by peer/i,
    'the connection broke',
  ],
];

/** Why a failure is worth another attempt; undefined: trying again would change nothing. @param output what pac printed */
export const transientReason = (output: string): string | undefined =>
  transientFailures.find(([pattern]) => pattern.test(output))?.[1];
