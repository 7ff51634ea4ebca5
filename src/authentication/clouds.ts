/** The clouds of Microsoft Entra ID (docs/reference/authentication.md#entra-id). */

export interface Cloud {
  /** Authority without tenant, for new connectors. */
  loginUri: string;
  /** Every host under which it is known, those of old tokens included. */
  hosts: readonly string[];
  /** Where applications are registered. */
  portal: string;
}

export type CloudName = 'public' | 'us-gov' | 'china';

export const cloudNames = ['public', 'us-gov', 'china'] as const satisfies readonly CloudName[];

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    loginUri: 'https://login.microsoftonline.com',
    hosts: ['login.microsoftonline.com', 'login.windows.net', 'sts.windows.net', 'login.microsoft.com'],
    portal: 'https://entra.microsoft.com',
  },
  'us-gov': {
    loginUri: 'https://login.microsoftonline.us',
    hosts: ['login.microsoftonline.us'],
    portal: 'https://portal.azure.us',
  },
  china: {
    loginUri: 'https://login.partner.microsoftonline.cn',
    hosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    portal: 'https://portal.azure.cn',
  },
};

export const isCloudName = (text: string): text is CloudName => (cloudNames as readonly string[]).includes(text);
