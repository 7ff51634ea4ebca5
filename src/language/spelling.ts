/**
 * How words are spelled wherever they occur: initials, and names of products, protocols and formats with capitals
 * inside. Add a word here, and every command writes it so.
 */

import { letterPattern } from './letters.ts';

/** Initials. Those that are counted have their plural, with a small s. */
const initials =
  'ABN ACH ACL AI API APIs ARN ASIN AWS B2B B2C BCC BIC BOM CC CDN CLI CMS CPU CRM CSS CSV CTA CVC CVV DLP DNS DOB DOI ' +
  'EAN EIN EORI ERP ETA EU FAQ FAQs FTP GCP GDPR GHG GIF GIS GMT GPS GPU GST GTIN GUID GUIDs HMAC HR HS HTML HTTP HTTPS IBAN ' +
  'ICAO IATA ID IDs IMAP IMEI IMSI IoT IP IPs ISBN ISIN ISO ISSN IT ITIN IVR JPEG JPG JSON JWT KML KPI KPIs KYC LDAP LEI ' +
  'LLM MAC MCC MFA MIME MMS MP3 MP4 MPN MX NDA NFC NFT NGO NPI NPS OCR OTP PCI PDF PDFs PIN PIR PKCE PNG PNR PO POP PR PRs ' +
  'PTO QR RAM RBAC REST RFC RFID RFP RGB RPC RSS RSVP RTF S3 SAML SAS SCIM SDK SEO SEPA SFTP SIC SIM SIP SKU SKUs SLA ' +
  'SLAs SMS SMTP SOAP SQL SSH SSL SSN SSO SVG TCP TIFF TLS TTL TTS TV UDP UI UID UIDs UK UPC UPS URI URIs URL URLs URN US USA USD UTC UTM ' +
  'UUID UUIDs UX VAT VIN VM VMs VPC VPN WSDL XLS XLSX XML XPath XSD YAML ZIP 2FA 3D A2P B2P ASN AVS CIDR CNAME CORS CSR DB ' +
  'CV CVE CVRF CVSS HD OVAL SID HIPAA IPv4 IPv6 NAICS OS PEM PGP PSP RSA SSD TOTP';

/** Names with a spelling of their own. */
const names =
  'AdSense AdWords AirTable AliPay AppSource AppStore AsyncAPI BigCommerce BigQuery BitBucket ChatGPT ClickUp CloudFlare ' +
  'CloudFront CouchDB DataDog DeepL DevOps DigitalOcean DocuSign DropBox DynamoDB eBay eCommerce eSign eSignature ' +
  'ElasticSearch FaceBook FedEx FreshBooks FreshDesk GeoIP GeoJSON GitHub GitLab GoDaddy GraphQL HashiCorp HubSpot iCal ' +
  'iCloud InfluxDB iOS iPad iPhone JavaScript jQuery LinkedIn LogRocket macOS MailChimp MariaDB MasterCard MessageBird MongoDB ' +
  'MySQL NetSuite NextGen NoSQL NodeJS OAuth OAuth1 OAuth2 OneDrive OneNote OpenAI OpenAPI OpenID OpsGenie PagerDuty PandaDoc PayPal PhonePe ' +
  'PostgreSQL PowerBI PowerShell QuickBooks RabbitMQ RestAPI SalesForce SendGrid ServiceNow SharePoint ShipStation SketchUp SmartSheet ' +
  'SoundCloud SparkPost SQLite StackOverflow SugarCRM SurveyMonkey TeamViewer TikTok TypeScript VMware WebDAV WebEx WebRTC ' +
  'WeChat WhatsApp WiFi WikiPedia WooCommerce WordPress WorkDay YouTube ZenDesk ZoomInfo';

/** Names of products that are no other words: only their first letter is a capital. */
const brands =
  'Adyen Airbnb Amazon Asana Atlassian Auth0 Braintree Calendly Cisco Coinbase Docker Etsy Eventbrite Expedia Fitbit Flickr Foursquare Gmail Google Grafana Heroku Huawei Instagram Jenkins Jira Klarna Klaviyo Kubernetes Lyft ' +
  'Magento Mailgun Mailjet Mandrill Marketo Microsoft Netflix Netlify Nexmo Nginx Okta Pardot Paytm Pinterest Reddit Samsung Shopify Shippo Siemens Skype Splunk Spotify Squarespace Strava Terraform Trello Tumblr Twilio Twitter Typeform Uber Unsplash Venmo Vercel ' +
  'Vimeo Vodafone Vonage Walmart Xero Yahoo Yammer Yelp Zapier Zoho Zuora';

/** What each of these names is written like today; they are joined as above in names of code. */
const written: Readonly<Record<string, string>> = {
  AirTable: 'Airtable',
  AliPay: 'Alipay',
  AppStore: 'App Store',
  BitBucket: 'Bitbucket',
  CloudFlare: 'Cloudflare',
  DataDog: 'Datadog',
  DocuSign: 'Docusign',
  DropBox: 'Dropbox',
  ElasticSearch: 'Elasticsearch',
  FaceBook: 'Facebook',
  FreshDesk: 'Freshdesk',
  MailChimp: 'Mailchimp',
  MasterCard: 'Mastercard',
  NodeJS: 'Node.js',
  OpsGenie: 'Opsgenie',
  PowerBI: 'Power BI',
  RestAPI: 'REST API',
  SalesForce: 'Salesforce',
  SmartSheet: 'Smartsheet',
  StackOverflow: 'Stack Overflow',
  WebEx: 'Webex',
  WiFi: 'Wi-Fi',
  WikiPedia: 'Wikipedia',
  WorkDay: 'Workday',
  ZenDesk: 'Zendesk',
};

/** By their letters in lower case. A map, since names such as `constructor` are words, too. */
const spellings: ReadonlyMap<string, string> = new Map(
  `${initials} ${names} ${brands}`.split(' ').map((word) => [word.toLowerCase(), written[word] ?? word]),
);

/** The most pieces that a name in the table is split into by its capitals and digits, such as `O`, `Auth`, `2`. */
export const mostPieces = 4;

/** The spelling of a word that has one of its own: `paypal` → `PayPal`, `ids` → `IDs`; undefined for any other word. */
export const spellingOf = (word: string): string | undefined => spellings.get(word.toLowerCase());

/** Whether a word is written in capitals as such: `url`, `URLs`, but not `github`. */
export const isInitials = (word: string): boolean => {
  const spelling = spellingOf(word) ?? word;
  return initialsOnly(spelling).test(spelling);
};

const initialsOnly = letterPattern(/^[A-Z0-9]{2,}s?$/, () => /^[\p{Lu}\p{N}]{2,}s?$/u);
