/** The Layers button of the map and its menu. */
import { useCallback, useState } from 'react';
import { MapPopover, ToggleEntry } from '../../instruments/map/map-controls.tsx';
import { MAP_LAYERS, type LayerChoice, type MapLayerName } from './layer-choice.ts';

const LABELS: Readonly<Record<MapLayerName, string>> = {
  outline: 'Land and borders',
  streets: 'Streets of the demo',
  pmtiles: 'Base map',
  'charge-points': 'Charge points',
  trail: 'Trail of the open vehicle',
};

type LayersMenuProps = {
  readonly choice: LayerChoice;
  readonly onChange: (choice: LayerChoice) => void;
  readonly fileName: string | undefined;
  readonly hasStreets: boolean;
  readonly onAddFile: () => Promise<void>;
};

export function LayersMenu({ choice, onChange, fileName, hasStreets, onAddFile }: LayersMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const whyNot = (name: MapLayerName) => {
    if (name === 'pmtiles' && fileName === undefined) return 'no file added';
    return name === 'streets' && !hasStreets ? 'demo only' : undefined;
  };
  return (
    <>
      <div className="map-corner top-right">
        <button
          type="button"
          className="btn"
          aria-haspopup="true"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          Layers
        </button>
      </div>
      {isOpen && (
        <MapPopover label="Map layers" at={{ right: 10, top: 44 }} onClose={close}>
          <h3>Shown on the map</h3>
          {MAP_LAYERS.map((name) => (
            <ToggleEntry
              key={name}
              label={name === 'pmtiles' && fileName !== undefined ? fileName : LABELS[name]}
              isOn={choice[name]}
              why={whyNot(name)}
              onToggle={() => onChange({ ...choice, [name]: !choice[name] })}
            />
          ))}
          <hr />
          <button
            type="button"
            className="entry"
            onClick={() => {
              close();
              void onAddFile();
            }}
          >
            {fileName === undefined ? 'Add a .pmtiles…' : 'Choose another .pmtiles…'}
          </button>
        </MapPopover>
      )}
    </>
  );
}
