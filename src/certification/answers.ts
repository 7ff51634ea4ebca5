/** What the service, its bot and Partner Center answer after a submission, and what to do then. */

export interface Answer {
  /** What is written, or how it begins. */
  says: string;
  means: string;
  /** What to do. */
  remedy: string;
}

const packageAgain = 'pp-connector package --solution connector.zip --solution flow.zip';

/** Of the account certificationteam in the pull request, after a reviewer's comment "certify-connector". */
export const botAnswers: readonly Answer[] = [
  {
    says: 'No zip',
    means: 'There is no package in the folder of the connector; an attachment in a comment does not count.',
    remedy: `${packageAgain}, then commit the archive in the folder.`,
  },
  {
    says: 'More than one zip file',
    means: 'Several archives are in the folder, often the solutions beside the package.',
    remedy: 'Delete all but the package.',
  },
  {
    says: 'Solution package not found at root of the package zip file',
    means: 'intro.md and the inner archive are inside a folder of the package, or the source files were zipped.',
    remedy: `${packageAgain} makes it of exported solutions.`,
  },
  {
    says: 'Not able to deserialize the package. Invalid package structure',
    means: 'An archive in the package can not be read: not PkgAssets with two solutions, or an export that was edited.',
    remedy: 'pp-connector package --check PACKAGE says where; export again, and never edit inside of an export.',
  },
  {
    says: 'x-ms-connector-metadata is missing',
    means: 'The definition inside of the exported solution lacks it, whatever the folder has.',
    remedy: 'Deploy, export both solutions again, and make the package again.',
  },
  {
    says: 'title with reserved words',
    means:
      'The definition inside of the exported solution has the word API, Connector or the name of a product in its title.',
    remedy: 'Change info.title, deploy, export both solutions again, and make the package again.',
  },
  {
    says: 'publisher mismatch',
    means: 'An update has to come from the account that submitted the connector first.',
    remedy: 'Open the pull request from that account, and keep metadata.json in the folder.',
  },
  {
    says: 'pausing support for OAuth connectors',
    means: 'Connectors of independent publishers with OAuth are refused, updates, too.',
    remedy: 'pp-connector oauth --auth api-key, or --auth basic.',
  },
  {
    says: 'upcoming deployment schedule',
    means: 'Approved: it is deployed to all regions in 3-4 weeks.',
    remedy: 'pp-connector status --done review, then wait.',
  },
];

/** In Partner Center, and in the mails that belong to it. */
export const partnerCenterAnswers: readonly Answer[] = [
  {
    says: '5000.1.1.x',
    means: 'Something about the package: pp-connector rules 5000.1.1.12 explains a number.',
    remedy: 'pp-connector package --check PACKAGE; make it again, then Resubmit on the same offer.',
  },
  {
    says: '5000.2.x',
    means: 'Something about the definition inside of the exported solution; 5000.2.6.2: not proper OpenAPI 2.0.',
    remedy: 'pp-connector validate; correct, deploy, export, package, then Resubmit on the same offer.',
  },
  {
    says: 'a user name and a one-time password, from certificationteam@microsoft.com',
    means: 'The review is passed, and the connector is in a preview environment that ends after two business days.',
    remedy: 'Test it there at once, then press Go-live in Partner Center, Product overview, Publisher sign-off.',
  },
  {
    says: 'the offer is rejected, as nobody pressed Go-live',
    means: 'The two business days are over.',
    remedy: 'Resubmit on the same offer; never make a new one.',
  },
];
