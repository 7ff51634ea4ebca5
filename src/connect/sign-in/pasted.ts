/**
 * The answer of a service in an address that somebody copied from the browser.
 *
 * @returns its parameters; a text: what is wrong with it
 */
export function readPasted(text: string): URLSearchParams | string {
  const address = text.trim().replaceAll(/^["'<]{1,3}|["'>]{1,3}$/g, '');
  if (address === '') return 'paste the whole address that the browser shows after the sign-in';
  if (!URL.canParse(address)) return 'this is not an address; copy the whole of it, from https:// on';
  const { searchParams, hash } = new URL(address);
  if (searchParams.has('code') || searchParams.has('error')) return searchParams;
  if (/[#&](?:access_token|code)=/.test(hash))
    return 'the service answered after a #, which the platform does not read';
  return 'the address has no code; copy it after the sign-in, as soon as the browser has left the page of the service';
}
