/** Where the documents are that rules name as their source. */

const learn = 'https://learn.microsoft.com/connectors/custom-connectors';
const repository = 'https://github.com/microsoft/PowerPlatformConnectors';

/** The words of a source, in lower case, and its page; docs/reference/README.md#sources-that-rules-name has all of them. */
export const sourcePages: readonly (readonly [words: RegExp, page: string])[] = [
  [/validator rules/, `${learn}/certification-swagger-validator-rules`],
  [/guide for independent publishers/, `${learn}/certification-submission-ip`],
  [/certification submission guide|^submission guide/, `${learn}/certification-submission`],
  [/submitting for certification/, `${learn}/submit-for-certification`],
  [/certification policy/, `${learn}/certification-policy-errors`],
  [/string guidance/, `${learn}/connector-string-guidance`],
  [/coding standards/, `${learn}/coding-standards`],
  [/openapi extensions/, `${learn}/openapi-extensions`],
  [/openapi definitions for connectors/, `${learn}/define-openapi-definition`],
  [/guide to updates/, `${learn}/certification-updates`],
  [/operational versioning/, `${learn}/operational-versioning`],
  [/deprecate an operation/, `${learn}/deprecate-operation`],
  [/webhook trigger tutorial/, `${learn}/create-webhook-trigger`],
  [/polling trigger tutorial/, `${learn}/create-polling-trigger`],
  [/test connection/, `${learn}/test-connection`],
  [/connection parameters|authentication documentation/, `${learn}/connection-parameters`],
  [/multi-authentication|multiple authentication/, `${learn}/multi-auth`],
  [/troubleshooting oauth/, `${learn}/troubleshoot-oauth2`],
  [/custom code/, `${learn}/write-code`],
  [/policy templates/, `${learn}/policy-templates`],
  [/environment variables/, `${learn}/environment-variables`],
  [/^faq|frequently asked questions/, `${learn}/faq`],
  [/paconn/, `${learn}/paconn-cli`],
  [/json schema of|published definition schema|published schema/, `${repository}/tree/dev/schemas`],
  [/pull-request template|pull request template/, `${repository}/blob/dev/.github/PULL_REQUEST_TEMPLATE.md`],
  [/package validator/, `${repository}/blob/dev/scripts/ConnectorPackageValidator.ps1`],
  [/connector repository/, repository],
  [/openapi 2\.0/, 'https://spec.openapis.org/oas/v2.0.html'],
];

/**
 * The pages of a source in words: `Certification policy; pull requests 3943 and 705` → three addresses.
 *
 * @param source as a rule gives it, documents separated by `;`
 */
export function pagesOf(source: string): string[] {
  const pages = source
    .toLowerCase()
    .split(';')
    .flatMap((part) => [...documents(part.trim()), ...threads(part)]);
  return [...new Set(pages)];
}

const documents = (part: string): string[] => sourcePages.filter(([words]) => words.test(part)).map(([, page]) => page);

/** Pull requests and issues; of this repository, unless another one is named. */
function threads(part: string): string[] {
  if (/coe-starter-kit|starter kit|powerapps-tools|build-tools|power-fx|connectors-public/.test(part)) return [];
  return [...part.matchAll(/(?:pull requests?|issues?) (\d+(?:(?:, | and |, and )\d+)*)/g)].flatMap(([, list = '']) =>
    (list.match(/\d+/g) ?? []).map((number) => `${repository}/issues/${number}`),
  );
}
