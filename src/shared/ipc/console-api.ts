/** The whole contract between the windows and the backend: the sum of the nouns' contracts. */
import type { z } from 'zod';
import { accountContract } from './account-contract.ts';
import { alarmContract } from './alarm-contract.ts';
import { balanceContract } from './metering/balance-contract.ts';
import { chargingContract } from './charging/charging-contract.ts';
import { commissioningContract } from './metering/commissioning-contract.ts';
import { consoleContract } from './console-contract.ts';
import type { CommandDefinition, FeedDefinition, FrameDefinition, QueryDefinition } from './contract.ts';
import { fleetContract } from './fleet-contract.ts';
import { intervalContract } from './metering/interval-contract.ts';
import { insightContract } from './insight-contract.ts';
import { linkContract } from './link-contract.ts';
import { marketplaceContract } from './marketplace/marketplace-contract.ts';
import { placeContract } from './marketplace/place-contract.ts';
import { recordContract } from './marketplace/record-contract.ts';
import { meteringContract } from './metering/metering-contract.ts';
import { signedContract } from './metering/signed-contract.ts';
import { tariffContract } from './tariff-contract.ts';

export const consoleApi = {
  ...accountContract,
  ...alarmContract,
  ...balanceContract,
  ...chargingContract,
  ...commissioningContract,
  ...consoleContract,
  ...fleetContract,
  ...insightContract,
  ...intervalContract,
  ...linkContract,
  ...marketplaceContract,
  ...meteringContract,
  ...placeContract,
  ...recordContract,
  ...signedContract,
  ...tariffContract,
} as const;

type Api = typeof consoleApi;
type NamesOf<D> = { [N in keyof Api]: Api[N] extends D ? N : never }[keyof Api];

// The bounds are what distinguishes the verbs; `never` stands in for each definition's own record type.
export type QueryName = NamesOf<{ readonly verb: 'query' }>;
export type CommandName = NamesOf<{ readonly verb: 'command' }>;
export type FeedName = NamesOf<{ readonly verb: 'subscribe' }>;
export type FrameName = NamesOf<FrameDefinition>;

export type QueryInput<N extends QueryName> = Api[N] extends QueryDefinition<infer I> ? z.infer<I> : never;
export type QueryOutput<N extends QueryName> = Api[N] extends QueryDefinition<z.ZodType, infer O> ? O : never;
export type CommandInput<N extends CommandName> = Api[N] extends CommandDefinition<infer I> ? z.infer<I> : never;
export type FeedRecord<N extends FeedName> = Api[N] extends FeedDefinition<infer R> ? R : never;
