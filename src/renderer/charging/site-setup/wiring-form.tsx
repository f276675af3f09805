/** How a depot is wired: the meters at its connection, its feeders, its charge points, and what they give when they hear nothing. */
import './site-setup.css';
import { useState } from 'react';
import { toast } from 'sonner';
import type { SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import { sendCommand } from '../../link/send-command.ts';
import { useFeed } from '../../link/use-feed.ts';
import { LinesField } from './lines-field.tsx';
import { BAY_COLUMNS, FEEDER_COLUMNS, printBay, printFeeder, printLines, readBays, readFeeders } from './site-text.ts';

type WiringFormProps = {
  readonly depotId: string;
  readonly present: SiteSettings | undefined;
  readonly onDone: () => void;
};

export function WiringForm({ depotId, present, onDone }: WiringFormProps) {
  const meters = [...useFeed('metering/meters').records.values()].filter((meter) => meter.depotId === depotId);
  const [gridMeterId, setGridMeterId] = useState(present?.gridMeterId ?? '');
  const [buildingIds, setBuildingIds] = useState<readonly string[]>(present?.buildingMeterIds ?? []);
  const [feederText, setFeederText] = useState(printLines(present?.feeders ?? [], printFeeder));
  const [bayText, setBayText] = useState(printLines(present?.bays ?? [], printBay));
  const feeders = readFeeders(feederText);
  const bays = readBays(bayText);
  const isReadable = feeders.faults.length === 0 && bays.faults.length === 0 && bays.values.length > 0;
  const save = async () => {
    const settings: SiteSettings = {
      depotId,
      steering: present?.steering ?? 'advise',
      gridMeterId: gridMeterId === '' ? undefined : gridMeterId,
      buildingMeterIds: buildingIds,
      feeders: feeders.values,
      bays: bays.values,
      reserveShare: present?.reserveShare ?? 0,
      reserveLeadMinutes: present?.reserveLeadMinutes ?? 0,
    };
    if (!(await putSettings(settings))) return;
    toast('The wiring is stored', {
      description: `${bays.values.length} charge points, ${feeders.values.length} feeders; the plan follows within a moment.`,
      ...(present === undefined ? {} : { action: { label: 'Undo', onClick: () => void putSettings(present) } }),
    });
    onDone();
  };
  return (
    <form
      className="site-setup"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReadable) void save();
      }}
    >
      <div className="site-setup-line">
        <label>
          Meter of the grid connection{' '}
          <select
            className="field"
            value={gridMeterId}
            autoFocus
            onChange={(event) => setGridMeterId(event.target.value)}
          >
            <option value="">None</option>
            {meters.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset className="site-setup-line">
        <legend>Meters of what is not charging</legend>
        {meters.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={buildingIds.includes(id)}
              onChange={(event) =>
                setBuildingIds((before) =>
                  event.target.checked ? [...before, id] : before.filter((each) => each !== id),
                )
              }
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
      <LinesField
        label="Feeders"
        columns={FEEDER_COLUMNS}
        rows={4}
        text={feederText}
        faults={feeders.faults}
        onText={setFeederText}
      />
      <LinesField
        label="Charge points"
        columns={BAY_COLUMNS}
        rows={12}
        text={bayText}
        faults={bays.faults}
        onText={setBayText}
      />
      <p className="muted">
        The fallback is what a charge point gives by itself when it hears nothing. All of them and the building together
        have to stay below the site’s limit; if they do not, the wiring is refused.
      </p>
      <p className="what-if-acts">
        <button type="submit" className="btn primary" disabled={!isReadable}>
          Store the wiring
        </button>
        <button type="button" className="btn" onClick={onDone}>
          Leave it
        </button>
      </p>
    </form>
  );
}

async function putSettings({ gridMeterId, buildingMeterIds, feeders, bays, ...rest }: SiteSettings): Promise<boolean> {
  const settings = {
    ...rest,
    ...(gridMeterId === undefined ? {} : { gridMeterId }),
    buildingMeterIds: [...buildingMeterIds],
    feeders: feeders.map(({ parent, ...feeder }) => ({ ...feeder, ...(parent === undefined ? {} : { parent }) })),
    bays: bays.map(({ feeder, phases, ...bay }) => ({
      ...bay,
      phases: [...phases],
      ...(feeder === undefined ? {} : { feeder }),
    })),
  };
  return await sendCommand('charging/put-site-settings', { settings }, 'Changing the wiring');
}
