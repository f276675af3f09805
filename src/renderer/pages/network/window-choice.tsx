/** How far back the page looks. */
import { NETWORK_WINDOWS, type NetworkWindow } from './network-search.ts';

export const WINDOW_WORDS: Readonly<Record<NetworkWindow, string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
};
export const USUAL_WINDOW: NetworkWindow = '7d';

type WindowChoiceProps = {
  readonly chosen: NetworkWindow;
  readonly onChoose: (window: NetworkWindow | undefined) => void;
};

export function WindowChoice({ chosen, onChoose }: WindowChoiceProps) {
  return (
    <span className="window-choice" role="group" aria-label="The last">
      {NETWORK_WINDOWS.map((each) => (
        <button
          key={each}
          type="button"
          className="btn"
          aria-pressed={each === chosen}
          onClick={() => onChoose(each === USUAL_WINDOW ? undefined : each)}
        >
          {WINDOW_WORDS[each]}
        </button>
      ))}
    </span>
  );
}

export function nextWindow(window: NetworkWindow): NetworkWindow | undefined {
  const next = NETWORK_WINDOWS[(NETWORK_WINDOWS.indexOf(window) + 1) % NETWORK_WINDOWS.length];
  return next === USUAL_WINDOW ? undefined : next;
}
