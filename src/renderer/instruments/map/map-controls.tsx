/** The map's buttons and lists, as ordinary elements: named, in the tab order, 24 pixels or more. */
import { useEffect, useRef, type ReactNode } from 'react';

type ZoomButtonsProps = {
  readonly onZoom: (by: 1 | -1) => void;
  readonly onFitAll: () => void;
  /** What the map shows, for the words. */
  readonly fits: string;
};

export function ZoomButtons({ onZoom, onFitAll, fits }: ZoomButtonsProps) {
  return (
    <div className="map-corner bottom-right">
      <button type="button" className="btn map-zoom" aria-label="Zoom in" title="Zoom in (+)" onClick={() => onZoom(1)}>
        +
      </button>
      <button
        type="button"
        className="btn map-zoom"
        aria-label="Zoom out"
        title="Zoom out (−)"
        onClick={() => onZoom(-1)}
      >
        −
      </button>
      <button
        type="button"
        className="btn map-zoom"
        aria-label={`Show all ${fits}`}
        title={`Show all ${fits} (0)`}
        onClick={onFitAll}
      >
        <svg
          viewBox="0 0 16 16"
          width="14"
          height="14"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          aria-hidden="true"
        >
          <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" />
        </svg>
      </button>
    </div>
  );
}

type PopoverProps = {
  readonly label: string;
  readonly at: { readonly left?: number; readonly right?: number; readonly top: number };
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A list over the map: takes the focus, moves it with the arrows, gives it back when closed. */
export function MapPopover({ label, at, onClose, children }: PopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  const entries = () => [...(box.current?.querySelectorAll<HTMLElement>('.entry:not(:disabled)') ?? [])];

  useEffect(() => {
    const before = document.activeElement;
    entries()[0]?.focus();
    return () => {
      if (
        before instanceof HTMLElement &&
        (document.activeElement === document.body || document.activeElement === null)
      )
        before.focus();
    };
  }, []);
  useEffect(() => {
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) onClose();
    };
    document.addEventListener('pointerdown', closeOutside, { capture: true });
    return () => document.removeEventListener('pointerdown', closeOutside, { capture: true });
  }, [onClose]);

  useEffect(() => {
    const list = box.current;
    const moveFocus = (event: KeyboardEvent) => {
      const all = entries();
      const here = all.indexOf(document.activeElement as HTMLElement);
      const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
      if (next !== undefined) all.at(next % all.length)?.focus();
      else if (event.key === 'Escape') onClose();
      else return;
      // The page has keys of its own for these; here they are the list's.
      event.preventDefault();
      event.stopPropagation();
    };
    list?.addEventListener('keydown', moveFocus);
    return () => list?.removeEventListener('keydown', moveFocus);
  }, [onClose]);

  return (
    <div ref={box} className="map-popover" role="group" aria-label={label} style={at}>
      {children}
    </div>
  );
}

type ToggleEntryProps = {
  readonly label: string;
  readonly isOn: boolean;
  readonly why?: string | undefined;
  readonly onToggle: () => void;
};

/** One layer of the menu; `why` says why it cannot be switched. */
export function ToggleEntry({ label, isOn, why, onToggle }: ToggleEntryProps) {
  return (
    <button
      type="button"
      className="entry"
      role="checkbox"
      aria-checked={isOn}
      disabled={why !== undefined}
      onClick={onToggle}
    >
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        aria-hidden="true"
      >
        <rect x="1" y="1" width="10" height="10" rx="2" strokeWidth="1.2" />
        {isOn && why === undefined && <path d="M3 6.2 5.2 8.4 9 3.8" />}
      </svg>
      {label}
      {why !== undefined && <small>{why}</small>}
    </button>
  );
}
