import { fitForUrl, withoutSlashes } from '../message.ts';
import type { RunPolicy } from '../policy-context.ts';
import { RunFailure } from '../run-failure.ts';

export const runDynamicHostUrl: RunPolicy = (message, context) => {
  if (message.kind !== 'request') return;
  context.required('urlTemplate');
  const url = fitForUrl(context.filled('urlTemplate', message).trim());
  if (!/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url)) {
    throw new RunFailure(
      `urlTemplate became ${JSON.stringify(url)}, which is not an address that begins with https://`,
    );
  }
  const [address = '', query] = url.split('#', 1)[0]?.split('?', 2) ?? [];
  message.base = withoutSlashes(address);
  if (query !== undefined && query !== '') message.query.unshift(...query.split('&'));
};
