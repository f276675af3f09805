/** The lines that are read already: an operator's can be changed or withdrawn, and every one can be listened to. */
import { toast } from 'sonner';
import type { SavedLine } from '../../../shared/ipc/metering/commissioning-contract.ts';
import type { LineRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { ops } from '../../link/ops-client.ts';
import { sendCommand, toastRefusal } from '../../link/send-command.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { judgeLine } from '../../metering/line/line-condition.ts';
import type { Metering } from '../../metering/use-metering.ts';
import { readFailure } from '../use-answer.ts';

type ExistingLinesProps = {
  readonly metering: Metering;
  readonly depotName: (depotId: string) => string;
  readonly onChange: (line: SavedLine) => void;
  readonly onTrace: (lineId: string) => void;
};

export function ExistingLines({ metering, depotName, onChange, onTrace }: ExistingLinesProps) {
  const wallNow = useWallNow(1000);
  if (metering.lines.size === 0)
    return (
      <p className="empty">
        <b>No line is set up here yet</b>The first one begins at the left: choose where its meters are wired to.
      </p>
    );
  return (
    <div className="scroller">
      <table className="list existing-lines">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Depot</th>
            <th scope="col">Where</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {[...metering.lines.values()].map((line) => {
            const condition = judgeLine(line, metering.metersOf(line.id), wallNow);
            return (
              <tr key={line.id}>
                <td className="ellipsis">{line.name}</td>
                <td className="ellipsis">{depotName(line.depotId)}</td>
                <td className="muted ellipsis line-where" title={`${line.address}, ${line.settings}`}>
                  {line.address}, {line.settings}
                </td>
                <td>
                  <span className="check-sum">
                    {condition.priority !== undefined && (
                      <span className="mark" data-priority={condition.priority} aria-hidden="true">
                        {condition.priority}
                      </span>
                    )}
                    {condition.word}
                  </span>
                </td>
                <td>
                  <span className="button-row">
                    {line.origin === 'operator' && (
                      <>
                        <button
                          type="button"
                          className="btn"
                          aria-label={`Change ${line.name}`}
                          onClick={() => void openSaved(line.id, onChange)}
                        >
                          Change
                        </button>
                        <button
                          type="button"
                          className="btn"
                          aria-label={`Withdraw ${line.name}`}
                          onClick={() => void withdraw(line)}
                        >
                          Withdraw
                        </button>
                      </>
                    )}
                    <button
                      type="button"
                      className="btn"
                      aria-label={`Trace of ${line.name}`}
                      onClick={() => onTrace(line.id)}
                    >
                      Trace
                    </button>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What it was saved as; a person is told when that cannot be had. */
export async function readSaved(lineId: string): Promise<SavedLine | undefined> {
  try {
    const { line } = await ops.query('metering/saved-line', { lineId });
    if (line !== undefined) return line;
    toastRefusal('This line cannot be changed here', 'It is not an operator’s, or was withdrawn meanwhile.', {
      lineId,
    });
  } catch (cause) {
    toastRefusal('The line could not be read', readFailure(cause), { lineId });
  }
  return undefined;
}

async function openSaved(lineId: string, onChange: (line: SavedLine) => void): Promise<void> {
  const saved = await readSaved(lineId);
  if (saved !== undefined) onChange(saved);
}

async function withdraw(line: LineRecord): Promise<void> {
  const saved = await readSaved(line.id);
  if (saved === undefined) return;
  if (!(await sendCommand('metering/withdraw-line', { lineId: line.id }, `Withdrawing ${line.name}`))) return;
  toast(`${line.name} is withdrawn`, {
    description: 'Its meters are not read any more; their readings stay.',
    duration: 20_000,
    action: {
      label: 'Undo',
      onClick: () => void sendCommand('metering/save-line', saved, `Bringing back ${line.name}`),
    },
  });
}
