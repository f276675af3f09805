/** Brings tariffs to life: the stream that brings them and the contract's side of what is known of them. */
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Store } from '../database/sqlite.ts';
import type { StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { answerTariffQueries, type TariffUse } from './tariff-answers.ts';
import { tariffsStream } from './tariffs-stream.ts';

export type Tariffs = {
  /** Who knows the network's connectors; until somebody does, no tariff is used by any. */
  readonly usedBy: (source: TariffUse) => void;
};

/** Call before the link connects. */
export function startTariff(parts: {
  readonly store: Store;
  readonly answers: Pick<AnswerRegistry, 'query'>;
  readonly link: { readonly registerStream: (definition: StreamDefinition) => void };
  readonly clock: Clock;
}): Tariffs {
  let use: TariffUse = () => new Map();
  parts.link.registerStream(tariffsStream(parts.clock));
  answerTariffQueries(parts.answers, { ...parts, use: () => use() });
  return {
    usedBy: (source) => {
      use = source;
    },
  };
}
