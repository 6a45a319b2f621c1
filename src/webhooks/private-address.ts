import { BlockList, isIP } from 'node:net';

/** Addresses that are not on the public internet: loopback, private, link-local (and so every cloud's metadata), multicast, documentation (IANA's special-purpose registries). */
export const isPrivateAddress = (address: string): boolean => {
  if (isIP(address) === 4) return specialV4.check(address, 'ipv4');
  // Of version 6 only what is handed out to the public, so that no way of wrapping a version 4 address is missed.
  return !publicV6.check(address, 'ipv6') || specialV6.check(address, 'ipv6');
};

const listOf = (family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
};

const specialV4 = listOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);
const publicV6 = listOf('ipv6', ['2000::/3']);
const specialV6 = listOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);
