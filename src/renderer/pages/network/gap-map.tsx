/** The map of the gaps: where failures gather, the darker against its ground the more. */
import { useEffect, useRef, useState } from 'react';
import type { InfrastructureGap } from '../../../shared/domain/insight/demand-signal.ts';
import { SEVERITY_FROM } from '../../insight/gap-words.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { ZoomButtons } from '../../instruments/map/map-controls.tsx';
import { askShell } from '../../link/shell-bridge.ts';
import type { BaseNotice } from '../live-map/base-map.ts';
import type { ScreenPoint } from '../live-map/watch-pointer.ts';
import { openGapMapScene, type GapMapScene } from './gap-map-scene.ts';

type GapMapProps = {
  readonly gaps: readonly InfrastructureGap[];
  readonly chosen: InfrastructureGap | undefined;
  readonly describe: (gap: InfrastructureGap) => string;
  readonly onChoose: (cell: string) => void;
};

const PAN_PIXELS = 120;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-PAN_PIXELS, 0],
  ArrowRight: [PAN_PIXELS, 0],
  ArrowUp: [0, -PAN_PIXELS],
  ArrowDown: [0, PAN_PIXELS],
};

export function GapMap(props: GapMapProps) {
  const { gaps, chosen } = props;
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [scene, setScene] = useState<GapMapScene>();
  const [notice, setNotice] = useState<BaseNotice>();
  const [hover, setHover] = useState<{ readonly text: string; readonly at: ScreenPoint }>();
  useEffect(() => {
    if (element.current === null) return undefined;
    const opened = openGapMapScene(element.current, {
      onChoose: ({ cell }) => latest.current.onChoose(cell),
      onHover: (text, at) => setHover(text === undefined ? undefined : { text, at }),
      onNotice: setNotice,
      describe: (gap) => latest.current.describe(gap),
    });
    setScene(opened);
    void askShell('shell/base-map', {}).then((answer) => answer.ok && opened.base.setFile(answer.value));
    return () => {
      opened.close();
      setScene(undefined);
    };
  }, []);
  useEffect(() => scene?.setGaps(gaps), [scene, gaps]);
  useEffect(() => scene?.choose(chosen), [scene, chosen]);
  useEffect(() => {
    const ground = element.current;
    const pan = (event: KeyboardEvent) => {
      const by = ARROWS[event.key];
      if (by === undefined || event.target !== ground) return;
      event.preventDefault();
      event.stopPropagation();
      scene?.map.panBy([by[0], by[1]]);
    };
    ground?.addEventListener('keydown', pan);
    return () => ground?.removeEventListener('keydown', pan);
  }, [scene]);
  const zoom = (by: 1 | -1) => void scene?.map.setZoom(Math.round(scene.map.getZoom()) + by);
  useShortcuts('Map', [
    { keys: '[Shift]++', does: 'Zoom in', run: () => zoom(1) },
    { keys: '-', does: 'Zoom out', run: () => zoom(-1) },
    { keys: '0', does: 'Show all gaps', run: () => scene?.fitAll() },
  ]);
  return (
    <section className="map-pane card" aria-label="Map">
      <div
        ref={element}
        className="map-ground"
        role="application"
        tabIndex={0}
        aria-label="Map of the gaps. Arrow keys move it, plus and minus zoom, 0 shows all. The list below has the same gaps."
      />
      <ZoomButtons onZoom={zoom} onFitAll={() => scene?.fitAll()} fits="gaps" />
      <div className="map-corner bottom-left">
        <span className="map-chip gap-legend">
          Failures
          {SEVERITY_FROM.map((least, step) => (
            <span key={least} data-step={step}>
              <i aria-hidden="true" />
              {least}+
            </span>
          ))}
        </span>
        {notice !== undefined && <span className="map-chip">{notice.text}</span>}
      </div>
      {hover !== undefined && (
        <span className="map-tooltip" style={{ left: hover.at.x + 14, top: hover.at.y + 10 }}>
          {hover.text}
        </span>
      )}
    </section>
  );
}
