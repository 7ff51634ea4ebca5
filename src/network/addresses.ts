import { BlockList, isIP } from 'node:net';

/** Addresses that a description from the internet has no business pointing to. */

/** What IANA's registry of special-purpose IPv4 addresses has, but for the anycast ones that are public, and multicast. */
const special4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** Public IPv6 addresses are below this prefix only; */
const global6 = blockList('ipv6', [['2000::', 3]]);

/** these parts of it are set aside: for protocols (Teredo, ORCHID, benchmarks), documentation, 6to4 and AS112. */
const special6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]);

/** Prefixes that carry an IPv4 address in their last 32 bits: mapped ones, and those of NAT64 (RFC 6052), where the IPv4 address decides. */
const carriers = blockList('ipv6', [
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
]);

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, family);
  return list;
}

/** True for loopback, private, link-local and all other addresses that are not public servers, and for what is not an address. */
export function isPrivateAddress(address: string): boolean {
  const [plain = ''] = address.split('%');
  const family = isIP(plain);
  if (family === 4) return special4.check(plain, 'ipv4');
  if (family !== 6) return true;
  // a list for IPv4 isn't asked here: BlockList would look through mapped addresses by itself
  if (carriers.check(plain, 'ipv6')) return special4.check(lastFourBytes(plain), 'ipv4');
  return !global6.check(plain, 'ipv6') || special6.check(plain, 'ipv6');
}

/** The IPv4 address at the end of an IPv6 one. */
function lastFourBytes(address: string): string {
  const dotted = /(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  // canonical form, in which a run of zeros is "::"
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':');
  const [high, low] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high, low].flatMap((group = 0) => [group >> 8, group & 255]).join('.');
}
