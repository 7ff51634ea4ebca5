import { isMailAddress, isWebAddress } from '../../connector/facts/addresses.ts';
import { asObject, asString, getOwn, isObject } from '../../connector/json/value.ts';
import { metadataValue } from '../../connector/metadata.ts';
import { letterPattern } from '../../language/letters.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import type { Located, Visitor } from '../engine/visitor.ts';
import { textIn, withInfo } from '../support/info-texts.ts';
import { isBlank, isPlainHttp } from '../support/texts.ts';

const contactOf = (info: Located): Located | undefined => {
  const value = getOwn(info.value, 'contact');
  return isObject(value) ? { value, place: info.place.at('contact') } : undefined;
};

/** Looks at a text of `info.contact` where there is one. */
const onContact = (key: string, check: (value: string, at: Location, report: Report) => void): Visitor => ({
  info: (info, report) => {
    const contact = contactOf(info);
    const value = contact && textIn(contact, key);
    if (contact !== undefined && value !== undefined) check(value, contact.place.at(key), report);
  },
});

/** `contact` is there and one of its texts isn't. */
const onContactWithout = (key: string, message: string): Visitor => ({
  info: (info, report) => {
    const contact = contactOf(info);
    if (contact !== undefined && isBlank(getOwn(contact.value, key))) report(contact.place.at(key), message);
  },
});

const longWords = letterPattern(/[A-Za-z]{4,}/g, () => /\p{L}{4,}/gu);

/** Why the author of a connector to somebody else's service won't read an address; undefined: nothing speaks against it. */
function whyUnread(address: string, { definition, root, properties }: ConnectorModel): string | undefined {
  const [local = '', domain = ''] = address.split('@');
  if (/^(?:no|do-?not|never)[-_.]?reply/.test(local)) return 'which nobody reads';
  // some connect what they offer on a domain of their own name
  const publisher = (asString(getOwn(properties, 'publisher')) ?? '').toLowerCase();
  const ownName = publisher.match(longWords(publisher)) ?? [];
  if (ownName.some((word) => domain.includes(word))) return undefined;
  const website = root && metadataValue(definition, 'Website');
  const hosts = [asString(getOwn(definition, 'host')), website && hostOf(website)].flatMap((host) => host ?? []);
  const isService = hosts.some((host) => belongsTo(host.toLowerCase().replace(/:\d+$/, ''), domain));
  return isService ? `which belongs to the service (${domain})` : undefined;
}

const hostOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).hostname : undefined);

/** `api.contoso.com` and `contoso.com` are one owner's. */
const belongsTo = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`) || domain.endsWith(`.${host.replace(/^www\./, '')}`);

const withContact = (contact: Record<string, string | null>) => ({ definition: { info: { contact } } });

/** Rules about `info.contact`. */
export const family = defineFamily({ name: 'Contact', order: 60 }, [
  {
    id: 'info-contact-required',
    title: 'The definition says whom to ask.',
    why: 'Makers and the certification team must be able to reach somebody.',
    remedy: 'Add info.contact with name, url and email.',
    source: 'Certification submission guide; pull request 1095',
    severity: 'I/E/E',
    on: {
      root: (root, report) => {
        const info = getOwn(root.value, 'info');
        const value = getOwn(asObject(info), 'contact');
        if (isObject(value)) return;
        report(
          root.place.at('info', 'contact'),
          value === undefined
            ? 'there is no info.contact; add one with name, url and email'
            : `info.contact is ${quote(value)}; it must be an object with name, url and email`,
        );
      },
    },
    examples: {
      good: [{ name: 'all three', definition: {} }],
      bad: [
        { name: 'none', definition: { info: { contact: null } }, expect: ['definition#/info/contact'] },
        { name: 'a text', ...withInfo({ contact: 'support@contoso.com' }), expect: ['definition#/info/contact'] },
      ],
    },
  },
  {
    id: 'info-contact-name',
    title: 'The contact has a name.',
    why: 'It is shown on the page of the connector.',
    remedy: 'Give info.contact.name the name of a person or a team.',
    source: 'Certification submission guide',
    severity: 'I/E/E',
    on: onContactWithout('name', 'the contact has no name; give the name of a person or a team'),
    examples: {
      good: [{ name: 'a team', ...withContact({ name: 'Contoso Support' }) }],
      bad: [{ name: 'blank', ...withContact({ name: '' }), expect: ['definition#/info/contact/name'] }],
    },
  },
  {
    id: 'info-contact-url',
    title: 'The contact has a web address.',
    why: 'It is shown on the page of the connector.',
    remedy: 'Give info.contact.url the address of the support page.',
    source: 'Certification submission guide',
    severity: 'I/W/W',
    on: onContactWithout('url', 'the contact has no url; give the address of the support page'),
    examples: {
      good: [{ name: 'a support page', ...withContact({ url: 'https://support.contoso.com' }) }],
      bad: [{ name: 'none', ...withContact({ url: null }), expect: ['definition#/info/contact/url'] }],
    },
  },
  {
    id: 'info-contact-email',
    title: 'The contact has an e-mail address.',
    why: 'The certification team writes to it. Independent publishers get the form for the proof of their identity there, and without it their connector is not looked at.',
    remedy: 'Give info.contact.email the address of somebody who answers.',
    source:
      'Certification submission guide; certification policy; certification guide for independent publishers, step 5',
    policy: '5000.3.1.4',
    severity: 'I/W/E',
    on: onContactWithout('email', 'the contact has no email; give the address of somebody who answers'),
    examples: {
      good: [{ name: 'an address', ...withContact({ email: 'support@contoso.com' }) }],
      bad: [{ name: 'none', ...withContact({ email: null }), expect: ['definition#/info/contact/email'] }],
    },
  },
  {
    id: 'info-contact-email-format',
    title: 'The e-mail address of the contact is one.',
    why: 'The service refuses anything else.',
    remedy: 'Write one address in ASCII, such as support@contoso.com.',
    source: 'Certification validator rules',
    official: 'ContactEmailNotValid',
    severity: 'E/E/E',
    on: onContact('email', (value, at, report) => {
      if (isMailAddress(value.trim())) return;
      report(at, `the email ${quote(value)} is not an e-mail address; write one such as support@contoso.com`);
    }),
    examples: {
      good: [{ name: 'with a plus sign', ...withContact({ email: 'ann+support@mail.contoso.com' }) }],
      bad: [
        { name: 'no domain', ...withContact({ email: 'support' }), expect: ['definition#/info/contact/email'] },
        {
          name: 'two addresses',
          ...withContact({ email: 'a@contoso.com; b@contoso.com' }),
          expect: ['definition#/info/contact/email'],
        },
      ],
    },
  },
  {
    id: 'info-contact-email-read',
    title: 'The e-mail address of an independent publisher is one that the publisher reads.',
    why: 'Microsoft sends the form for the proof of identity to info.contact.email. Some authors waited for weeks, since it went to the support of the service that they had connected.',
    remedy: 'Write an address of your own, at the latest before the package is exported.',
    source: 'Pull requests 4194, 4222 and 4244 of PowerPlatformConnectors (2026)',
    severity: '-/-/W',
    on: {
      info: (info, report, connector) => {
        const contact = contactOf(info);
        const address = contact && textIn(contact, 'email');
        if (contact === undefined || address === undefined || !isMailAddress(address.trim())) return;
        const reason = whyUnread(address.trim().toLowerCase(), connector);
        if (reason === undefined) return;
        report(
          contact.place.at('email'),
          `the form for the proof of your identity is sent to ${quote(address)}, ${reason}; write an address that you read`,
        );
      },
    },
    examples: {
      good: [
        { name: 'of the publisher', profile: 'independent', ...withContact({ email: 'ann@example.org' }) },
        {
          name: 'on a domain that has the name of the publisher',
          profile: 'independent',
          definition: { host: 'api.annexample.org', info: { contact: { email: 'mail@annexample.org' } } },
          properties: { properties: { publisher: 'Ann Example' } },
        },
        { name: 'of the service, for its owner', ...withContact({ email: 'support@contoso.com' }) },
      ],
      bad: [
        {
          name: 'of the service',
          profile: 'independent',
          ...withContact({ email: 'support@contoso.com' }),
          expect: ['definition#/info/contact/email'],
        },
        {
          name: 'of a machine',
          profile: 'independent',
          ...withContact({ email: 'no-reply@ann.example.org' }),
          expect: ['definition#/info/contact/email'],
        },
      ],
    },
  },
  {
    id: 'info-contact-url-format',
    title: 'The web address of the contact is absolute.',
    why: 'The service refuses anything else.',
    remedy: 'Write the whole address, such as https://support.contoso.com.',
    source: 'Certification validator rules',
    official: 'UrlNotValid',
    severity: 'E/E/E',
    on: onContact('url', (value, at, report) => {
      if (isWebAddress(value)) return;
      report(
        at,
        `the url ${quote(value)} is not an absolute web address; write one such as https://support.contoso.com`,
      );
    }),
    examples: {
      good: [{ name: 'a support page', ...withContact({ url: 'https://support.contoso.com/help' }) }],
      bad: [
        { name: 'no scheme', ...withContact({ url: 'www.contoso.com' }), expect: ['definition#/info/contact/url'] },
        {
          name: 'a blank',
          ...withContact({ url: 'https://support.contoso.com/help desk' }),
          expect: ['definition#/info/contact/url'],
        },
      ],
    },
  },
  {
    id: 'info-contact-url-https',
    title: 'The web address of the contact starts with https.',
    why: 'Certification asks for encrypted addresses.',
    remedy: 'Write https instead of http.',
    source: 'Certification policy',
    policy: '5000.3.1.6',
    severity: 'I/W/W',
    fix: 'safe',
    on: onContact('url', (value, at, report) => {
      if (!isPlainHttp(value)) return;
      report(at, `the url ${quote(value)} is not encrypted; write https`, {
        op: 'set',
        at,
        value: value.replace(/http:/i, 'https:'),
      });
    }),
    examples: {
      good: [{ name: 'https', ...withContact({ url: 'https://support.contoso.com' }) }],
      bad: [
        {
          name: 'http',
          ...withContact({ url: 'http://support.contoso.com' }),
          expect: ['definition#/info/contact/url'],
          fixed: withContact({ url: 'https://support.contoso.com' }),
        },
      ],
    },
  },
]);
