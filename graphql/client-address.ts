import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Where a request came from. A peer in our own network is taken for a reverse proxy, and the last address it put into
 * X-Forwarded-For for the client; what a client out there writes into that header itself counts for nothing.
 */
export const clientAddress = (request: IncomingMessage | undefined): string | null => {
  const peer = request?.socket.remoteAddress;
  if (!request || !peer) return null;
  if (!isOurs(peer)) return peer;
  const forwarded =
    String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? '';
  return isIP(forwarded) ? forwarded : peer;
};

const isOurs = (address: string): boolean => ownNetworks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

const ownNetworks = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  ownNetworks.addSubnet(network, prefix, 'ipv4');
  ownNetworks.addSubnet(`::ffff:${network}`, 96 + prefix, 'ipv6');
}
ownNetworks.addSubnet('::1', 128, 'ipv6');
ownNetworks.addSubnet('fc00::', 7, 'ipv6');
