/** Why rules are errors although published connectors break them, by rule; docs/reference/published-connectors.md shows it. */
export const whyPublished: Readonly<Record<string, string>> = {
  'auth-oauth-both':
    'A connection has no place for the token: nobody can sign in. In the one connector the definition declares what the properties do not have',
  'capabilities-array': 'The service answers ApiDefinitionCapabilitiesInvalid (November 2025)',
  'connection-parameter-secret-type':
    'Everybody who may see the connection reads the secret; certification asks for securestring',
  'dynamic-reference-exists': 'The list of choices is never filled: the designer finds no such input',
  'icon-brand-color-forbidden':
    'The template of the pull request asks for another colour, and reviewers refuse the default one, though not always',
  'info-contact-required':
    'All are older than the rule; since 2025 the form for the proof of identity goes to this contact',
  'info-description-product-names': 'Policy 5000.2.3.5, which checkers of vendors cite; one older connector',
  'info-title-length': 'Policy 5000.2.2.1; connectors with longer names vanish from repacked solutions',
  'internal-required-default': 'Nobody can fill the input in, and nothing fills it: each call is sent without it',
  'json-duplicate-key': 'Only the last one counts, and programs differ in which that is: what the author wrote is lost',
  'json-utf8': 'The checks of the repository read UTF-8 since pull request 615; other bytes become other letters',
  'json-valid':
    'Microsoft reads what its own parser lets pass; pac, editors and every other program refuse it. `--fix` corrects the certain ones',
  'layout-definition-name': 'The automatic checks find the file by its name: under another one it stays unvalidated',
  'layout-definition-present': 'A sample that was published with README and properties only: nobody can deploy it',
  'metadata-categories': 'One older connector; the validator rules ask for it',
  'metadata-required':
    'All are older than the rule; the service refuses packages without it (pull request 4202 of PowerPlatformConnectors)',
  'metadata-url-absolute': 'The address, with a scheme twice, leads nowhere: the page of the connector has a dead link',
  'notification-url-string': 'The platform writes a text there; without a type the designer has no field for it',
  'oauth-custom-parameters':
    'oauth2generic builds its requests from these templates; the sample that lacks them signs in by a password grant, which is not certified',
  'oauth-flow': 'The platform has the authorization code flow only; the others are from before, or declared beside it',
  'oauth-independent':
    'Microsoft refuses it since December 2025, in updates, too (pull requests 4058 and 4124 of PowerPlatformConnectors); these were merged before',
  'parameter-sets-shape': 'An empty list of ways to sign in: it says that there are several, and offers none',
  'props-json-valid': 'As with the definition: pac and editors refuse what Microsoft once let pass',
  'publisher-required':
    'All are older than the rule, four of six of Microsoft’s own; the automatic checks ask for it now',
  'readme-credentials': 'The README becomes the page of the documentation, and reviewers ask for this section',
  'readme-known-issues': 'As with the credentials',
  'readme-operations': 'As with the credentials; one of 2025 misspells the heading (Opeartions)',
  'readme-prerequisites': 'As with the credentials; one of 2025 has no such section',
  'readme-present': 'The page of the documentation is made of it; both are older',
};
