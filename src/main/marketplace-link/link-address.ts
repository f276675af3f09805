/** Where the link may go: `https` anywhere, plain `http` only to this very machine, where nobody listens in between. */
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';

export function readLinkAddress(url: string): Result<URL, 'address-not-understood' | 'address-not-secure'> {
  if (!URL.canParse(url))
    return refuse(
      'address-not-understood',
      `“${url.slice(0, 80)}” is not an address. Give one like https://flo.example.`,
    );
  const address = new URL(url);
  if (address.protocol === 'https:') return accept(address);
  if (address.protocol !== 'http:')
    return refuse('address-not-understood', 'The address must begin with https://. Correct it in the profile.');
  if (isLoopback(address.hostname)) return accept(address);
  return refuse(
    'address-not-secure',
    'Plain http would send the token readable to all. Use https:// for a marketplace that is not on this machine.',
  );
}

/** The URL parser has already turned every spelling of an IPv4 address into four decimal numbers. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/u.test(hostname);
}
