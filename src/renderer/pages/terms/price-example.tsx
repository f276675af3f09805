/** What an example charge costs by a version of a tariff, priced by the engine that prices records. */
import { useMemo, useState } from 'react';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { ExampleForm, type ExampleCharge } from '../../tariff/example-form.tsx';
import { PriceTrace } from '../../tariff/price-trace.tsx';
import { useAnswer } from '../use-answer.ts';

type PriceExampleProps = {
  readonly name: { readonly countryCode: string; readonly partyId: string; readonly id: string };
  readonly contentHash: string;
  readonly zone: string;
};

const HOUR_MS = 3_600_000;

export function PriceExample({ name, contentHash, zone }: PriceExampleProps) {
  const [example, setExample] = useState<ExampleCharge>(() => ({
    energyKwh: 40,
    powerKw: 50,
    beginMs: Math.floor(nowMs() / 60_000) * 60_000,
    parkedHours: 0,
  }));
  const input = useMemo(
    () => ({
      tariff: name,
      contentHash,
      beginMs: example.beginMs,
      energyWh: Math.round(example.energyKwh * 1000),
      powerW: Math.round(example.powerKw * 1000),
      parkedMs: Math.round(example.parkedHours * HOUR_MS),
      timeZone: zone,
    }),
    [name, contentHash, example, zone],
  );
  const { answer, failure } = useAnswer('tariff/price-example', input);
  return (
    <section className="price-example" aria-label="An example price">
      <h3>
        An example <span className="muted">by the clocks of {zone}</span>
      </h3>
      <ExampleForm example={example} zone={zone} onExample={setExample} />
      {failure !== undefined && <p role="status">{failure}</p>}
      {answer !== undefined && 'refused' in answer && <p role="status">{answer.refused.message}</p>}
      {answer !== undefined && 'priced' in answer && (
        <PriceTrace priced={answer.priced} sentences={answer.sentences} timeZone={zone} />
      )}
    </section>
  );
}
