/** Over the map's corner: the other side of the window belongs to the vehicle the words are about. */
export const ASIDE = 'bottom-left';
