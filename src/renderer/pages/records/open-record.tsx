/** The open record: asked for by its key, so that a link to it needs no list, and again when its keys or tariffs may have changed. */
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { ChargeRecordDetail } from '../../marketplace/record/charge-record-detail.tsx';
import { SignedValues } from '../../metering/signed/signed-values.tsx';
import { RESULT_MEANINGS } from '../../metering/signed/signed-words.ts';
import { useAnswer } from '../use-answer.ts';
import type { PatchRecordsSearch } from './records-search.ts';

type OpenRecordProps = {
  readonly recordKey: string;
  readonly vehicleName: (vehicleId: string) => string;
  readonly patch: PatchRecordsSearch;
  readonly onClose: () => void;
};

const AGAIN_MS = 10_000;

export function OpenRecord({ recordKey, vehicleName, patch, onClose }: OpenRecordProps) {
  const navigate = useNavigate();
  const input = useMemo(() => ({ key: recordKey }), [recordKey]);
  const read = useAnswer('marketplace/charge-record', input, useWallNow(AGAIN_MS));
  const { answer, failure } = read;
  if (answer === undefined)
    return (
      <section className="card record-detail" aria-label="Charge record" aria-busy={!('answer' in read)}>
        {(failure !== undefined || 'answer' in read) && (
          <p className="empty" role="status">
            <b>{failure === undefined ? 'No record of this key is known here.' : 'The record could not be read.'}</b>
            {failure ?? 'The link names a record that this profile has not received.'}{' '}
            <button type="button" className="btn" onClick={onClose}>
              Back to the list
            </button>
          </p>
        )}
      </section>
    );
  return (
    <ChargeRecordDetail
      detail={answer}
      vehicleName={vehicleName}
      onRecord={(record) => patch({ record })}
      onVehicle={(vehicle) => void navigate({ to: '/live', search: { vehicle } } as never)}
      onContract={(contract) => void navigate({ to: '/terms', search: { contract } } as never)}
      onClose={onClose}
      signed={
        answer.record.signed.length === 0 ? (
          <p className="muted">{RESULT_MEANINGS.absent}</p>
        ) : (
          <SignedOf
            recordKey={answer.record.key}
            zone={answer.row.timeZone}
            onKeys={(key) => patch({ view: 'keys', key })}
          />
        )
      }
    />
  );
}

type SignedOfProps = {
  readonly recordKey: string;
  readonly zone: string;
  readonly onKeys: (fingerprint: string) => void;
};

function SignedOf({ recordKey, zone, onKeys }: SignedOfProps) {
  const input = useMemo(() => ({ recordKey }), [recordKey]);
  const { answer, failure } = useAnswer('metering/signed-record', input, useWallNow(AGAIN_MS));
  if (answer !== undefined) return <SignedValues judgement={answer} zone={zone} onKeys={onKeys} />;
  return <p className="muted">{failure ?? 'Signed meter values are being read.'}</p>;
}
