/** OCPI ids compare without case (OCPI 2.2.1, 16.1 CiString). */
export function sameId(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
