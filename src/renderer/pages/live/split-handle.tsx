/** A divider between two parts of the page: by pointer or by arrow keys, and double-click puts it back. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

type SplitHandleProps = {
  readonly label: string;
  /** The divider's own direction: a vertical one moves left and right. */
  readonly direction: 'vertical' | 'horizontal';
  /** Per cent of the whole, for assistive technology. */
  readonly value: number;
  /** Pixels towards right or bottom. */
  readonly onMove: (pixels: number) => void;
  readonly onReset: () => void;
};

const KEY_STEP = 24;

export function SplitHandle({ label, direction, value, onMove, onReset }: SplitHandleProps) {
  const last = useRef(0);
  const along = (event: PointerEvent) => (direction === 'vertical' ? event.clientX : event.clientY);
  const onKey = (event: KeyboardEvent) => {
    const [back, forth] = direction === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key === 'Home') onReset();
    else if (event.key === back) onMove(-KEY_STEP);
    else if (event.key === forth) onMove(KEY_STEP);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="split-handle"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction}
      aria-valuenow={Math.round(value)}
      aria-valuemin={0}
      aria-valuemax={100}
      onKeyDown={onKey}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = along(event);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        onMove(along(event) - last.current);
        last.current = along(event);
      }}
    />
  );
}
