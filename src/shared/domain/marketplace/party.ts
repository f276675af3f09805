/** Who is behind the marketplace, and whether they answer (OCPI 2.2.1, 14 HubClientInfo). */
import type { EpochMs } from '../../kernel/instant.ts';

export type PartyStatus = 'CONNECTED' | 'OFFLINE' | 'PLANNED' | 'SUSPENDED';

export type Party = {
  /** `CC*PPP`. */
  readonly key: string;
  readonly role: string;
  readonly name: string;
  readonly status: PartyStatus;
  readonly statusAtMs: EpochMs;
};
