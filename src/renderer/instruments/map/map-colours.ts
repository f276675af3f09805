/** The tokens that canvases need as values, read from the page's styles and told again when the theme changes. */
import type { Ink } from './markers/marker-atlas.ts';

const TOKENS = [
  'panel',
  'line',
  'text',
  'muted',
  'normal',
  'p2',
  'p3',
  'selection',
  'water',
  'road',
  'road2',
  'bg',
] as const;

export type MapColours = Readonly<Record<(typeof TOKENS)[number] | 'land', string>> & { readonly ink: Ink };

export function readMapColours(element: Element): MapColours {
  const style = getComputedStyle(element);
  const read = (token: string) => style.getPropertyValue(`--${token}`).trim() || '#888888';
  const tokens = Object.fromEntries(TOKENS.map((token) => [token, read(token)])) as Record<
    (typeof TOKENS)[number],
    string
  >;
  // Land stands between water and the lesser streets, so that both remain visible on it in either theme.
  return { ...tokens, land: mixColours(tokens.water, tokens.road2, 0.42), ink: parseColour(tokens.normal) };
}

/** `#rrggbb`, as the tokens are written. */
export function parseColour(colour: string): Ink {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}

export function mixColours(from: string, to: string, part: number): string {
  const [a, b] = [parseColour(from), parseColour(to)];
  const mixed = a.map((channel, at) => Math.round(channel + ((b[at] ?? 0) - channel) * part));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  return () => observer.disconnect();
}
