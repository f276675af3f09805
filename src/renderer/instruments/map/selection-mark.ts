/** The ring around the selected marker and its name: the one marker that is worth an element, and the only blue one. */
import L from 'leaflet';
import { createAnchoredMark } from './anchored-mark.ts';

const ABOVE_ALL = 9;

export function createSelectionMark() {
  const element = L.DomUtil.create('div', 'map-selection');
  L.DomUtil.create('span', 'ring', element);
  const label = L.DomUtil.create('span', 'name', element);
  const name = label.appendChild(document.createTextNode(''));
  const note = L.DomUtil.create('span', 'note', label);
  const mark = createAnchoredMark(element, ABOVE_ALL);
  element.hidden = true;

  return {
    addTo: mark.addTo,
    remove: mark.remove,
    hide: (): void => {
      element.hidden = true;
    },
    show: (at: L.LatLng, title: string, remark: string): void => {
      mark.moveTo(at);
      if (name.data !== title) name.data = title;
      if (note.textContent !== remark) note.textContent = remark;
      note.hidden = remark === '';
      element.hidden = false;
    },
  };
}
