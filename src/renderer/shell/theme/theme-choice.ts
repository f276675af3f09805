/** Dark, light, or as the operating system has it. Remembered in this profile of the browser, shared by all windows. */
import { create } from 'zustand';

export const THEME_CHOICES = ['dark', 'light', 'system'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export type ThemeName = 'dark' | 'light';

const KEY = 'switchyard.theme';
const osPrefersLight = window.matchMedia('(prefers-color-scheme: light)');

type ThemeState = { readonly choice: ThemeChoice; readonly theme: ThemeName };

function read(): ThemeChoice {
  const stored = window.localStorage.getItem(KEY);
  return THEME_CHOICES.find((choice) => choice === stored) ?? 'system';
}

function resolve(choice: ThemeChoice): ThemeState {
  if (choice !== 'system') return { choice, theme: choice };
  return { choice, theme: osPrefersLight.matches ? 'light' : 'dark' };
}

const useThemeState = create<ThemeState>(() => resolve(read()));

function paint(state: ThemeState): void {
  document.documentElement.dataset['theme'] = state.theme;
}

/** Called once by the entry, before the first paint. */
export function followTheme(): void {
  paint(useThemeState.getState());
  useThemeState.subscribe(paint);
  osPrefersLight.addEventListener('change', () => useThemeState.setState(resolve(read())));
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) useThemeState.setState(resolve(read()));
  });
}

export function chooseTheme(choice: ThemeChoice): void {
  window.localStorage.setItem(KEY, choice);
  useThemeState.setState(resolve(choice));
}

/** The theme on screen: what canvases that cannot read CSS variables as they paint need to know. */
export function useThemeName(): ThemeName {
  return useThemeState((state) => state.theme);
}

export function useThemeChoice(): ThemeChoice {
  return useThemeState((state) => state.choice);
}
