/** One alarm, whole: what to do, what happens otherwise, what it explains, who did what. */
import type { ReactNode } from 'react';
import type { Alarm } from '../../shared/domain/alarm/alarm.ts';
import { useWallNow, wholeAge } from '../instruments/clock/profile-clock.ts';
import { computerZone, formatInZone } from '../instruments/clock/zone-time.ts';
import { stateWord } from './alarm-words.ts';
import { isUnacknowledged } from './list-alarms.ts';

type AlarmDetailProps = {
  readonly alarm: Alarm;
  readonly depotName: string;
  /** Those that it explains. */
  readonly effects: readonly Alarm[];
  readonly journal: ReactNode;
  readonly onAcknowledge: () => void;
  readonly onShelve: () => void;
  readonly onUnshelve: () => void;
  readonly onOpen: () => void;
};

export function AlarmDetail(props: AlarmDetailProps) {
  const { alarm, effects } = props;
  return (
    <section className="card alarm-detail" aria-label={`Alarm: ${alarm.title}, ${alarm.subjectName}`}>
      <header>
        <span className="mark" data-priority={alarm.priority} aria-hidden="true">
          {alarm.priority}
        </span>
        <h2>{alarm.title}</h2>
        <small>{stateWord(alarm)}</small>
      </header>
      <div className="alarm-actions">
        <button type="button" className="btn" disabled={!isUnacknowledged(alarm)} onClick={props.onAcknowledge}>
          Acknowledge <kbd>A</kbd>
        </button>
        {alarm.shelved === undefined ? (
          <button type="button" className="btn" onClick={props.onShelve}>
            Shelve… <kbd>S</kbd>
          </button>
        ) : (
          <button type="button" className="btn" onClick={props.onUnshelve}>
            Unshelve <kbd>U</kbd>
          </button>
        )}
        <button type="button" className="btn" disabled={alarm.link === undefined} onClick={props.onOpen}>
          Open <kbd>Enter</kbd>
        </button>
      </div>
      <div className="alarm-body">
        <div>
          <p className="alarm-subject">
            {alarm.subjectName}
            <span className="muted"> · {props.depotName}</span>
          </p>
          <p>{alarm.sentence}</p>
        </div>
        <Words title="What to do" text={alarm.response} />
        <Words title="If nobody does" text={alarm.consequence} />
        <Standing alarm={alarm} />
        {effects.length > 0 && (
          <section aria-label="Explained by it">
            <h3>
              Explained by it <small>{effects.length}, kept out of the list</small>
            </h3>
            <ul className="alarm-effects">
              {effects.map((effect) => (
                <li key={effect.id}>
                  <span className="mark" data-priority={effect.priority} aria-hidden="true">
                    {effect.priority}
                  </span>
                  {effect.title}, {effect.subjectName}
                </li>
              ))}
            </ul>
          </section>
        )}
        <section aria-label="Journal">
          <h3>
            Journal <small>newest first · real time</small>
          </h3>
          {props.journal}
        </section>
      </div>
    </section>
  );
}

function Words({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p>{text}</p>
    </section>
  );
}

function Standing({ alarm }: { readonly alarm: Alarm }) {
  const now = useWallNow();
  const at = (atMs: number) => formatInZone(atMs, computerZone(), 'time');
  const { acknowledged, shelved } = alarm;
  return (
    <dl className="alarm-standing">
      <dt>Raised</dt>
      <dd>
        {at(alarm.raisedAtMs)}, {wholeAge(now - alarm.raisedAtMs)} ago
        {alarm.raisedCount > 1 && `, ${alarm.raisedCount} times since it was last normal`}
      </dd>
      {alarm.isChattering && (
        <>
          <dt>Chatters</dt>
          <dd>It came and went three times in a minute, so it stands until it has been quiet for one.</dd>
        </>
      )}
      {alarm.clearedAtMs !== undefined && (
        <>
          <dt>Over</dt>
          <dd>since {at(alarm.clearedAtMs)}</dd>
        </>
      )}
      <dt>Acknowledged</dt>
      <dd>{acknowledged === undefined ? 'by nobody yet' : `${at(acknowledged.atMs)} by ${acknowledged.operator}`}</dd>
      {shelved !== undefined && (
        <>
          <dt>Shelved</dt>
          <dd>
            until {at(shelved.untilMs)}, another {wholeAge(Math.max(0, shelved.untilMs - now))}, by {shelved.operator}:{' '}
            {shelved.reason}
          </dd>
        </>
      )}
    </dl>
  );
}
