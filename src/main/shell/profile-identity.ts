/**
 * Which profile a marketplace belongs to. A profile's id is the folder of its database, so two marketplaces must never
 * come to the same id: not by names that no slug can tell apart, nor by one name given to two addresses.
 */
import { randomBytes } from 'node:crypto';
import type { Profile } from './settings-file.ts';

/** The id of the profile with this very name and address, or a new one. */
export function profileIdFor(
  marketplace: { readonly name: string; readonly url: string },
  known: readonly Profile[],
  suffix: string = randomBytes(4).toString('hex'),
): string {
  const address = plainAddress(marketplace.url);
  const same = known.find(
    ({ kind, name, url }) =>
      kind === 'marketplace' && name === marketplace.name && url !== undefined && plainAddress(url) === address,
  );
  if (same !== undefined) return same.id;
  const readable = marketplace.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/gu, '');
  // `demo` stays reserved for the demo, whatever a person calls a marketplace.
  return `flo-${readable || 'marketplace'}-${suffix}`;
}

function plainAddress(url: string): string {
  return URL.canParse(url) ? new URL(url).href.replace(/\/+$/u, '') : url;
}
