/**
 * AG Grid dressed in the console's tokens. Colours are CSS variables, so a change of theme repaints without the grid
 * knowing; its one style element carries the page's nonce, since the content policy refuses any other.
 */
import {
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  EventApiModule,
  ExternalFilterModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
  themeQuartz,
} from 'ag-grid-community';

ModuleRegistry.registerModules([
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  EventApiModule,
  ExternalFilterModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
]);

export const ROW_HEIGHT = 27;

export const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--selection)',
  backgroundColor: 'var(--panel)',
  foregroundColor: 'var(--text)',
  textColor: 'var(--text)',
  subtleTextColor: 'var(--muted)',
  borderColor: 'var(--line)',
  chromeBackgroundColor: 'var(--panel)',
  dataBackgroundColor: 'var(--panel)',
  oddRowBackgroundColor: 'var(--panel)',
  headerBackgroundColor: 'var(--panel)',
  headerTextColor: 'var(--muted)',
  headerFontWeight: 500,
  headerFontSize: 12,
  headerHeight: ROW_HEIGHT,
  rowHeight: ROW_HEIGHT,
  rowHoverColor: 'color-mix(in srgb, var(--text) 5%, transparent)',
  selectedRowBackgroundColor: 'color-mix(in srgb, var(--selection) 14%, transparent)',
  rowBorder: { width: 1, color: 'color-mix(in srgb, var(--line) 55%, transparent)' },
  fontFamily: 'inherit',
  fontSize: 12.5,
  dataFontSize: 12.5,
  cellHorizontalPadding: 8,
  spacing: 4,
  iconSize: 12,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  borderRadius: 4,
  focusShadow: '0 0 0 2px var(--selection)',
  headerColumnResizeHandleColor: 'transparent',
});

export function pageNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]');
  // Browsers hide the content of a nonce attribute from scripts that read it as text; the property still has it.
  return meta?.nonce || meta?.content || undefined;
}
