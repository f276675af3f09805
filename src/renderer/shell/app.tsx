/** Which screen the window shows: the shell's phase decides, and the console itself stands behind `running`. */
import type { EmotionCache } from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import { RouterProvider } from '@tanstack/react-router';
import { Toaster } from 'sonner';
import { assertNever } from '../../shared/kernel/assert.ts';
import { FirstRunPage } from '../pages/first-run/first-run-page.tsx';
import { StartUpFailurePage } from '../pages/start-up-failure-page.tsx';
import { FailureBoundary } from './failure-boundary.tsx';
import { router } from './routes.tsx';
import { useShellState } from '../link/shell-bridge.ts';
import { StartingScreen } from './starting-screen.tsx';
import { theme } from './theme/theme.ts';
import { useThemeName } from './theme/theme-choice.ts';

export function App({ styleCache }: { readonly styleCache: EmotionCache }) {
  const themeName = useThemeName();
  return (
    <CacheProvider value={styleCache}>
      <ThemeProvider theme={theme}>
        <FailureBoundary where="Switchyard">
          <Phase />
        </FailureBoundary>
        <Toaster
          theme={themeName}
          position="bottom-right"
          offset={{ bottom: 40, right: 12 }}
          gap={8}
          visibleToasts={4}
          closeButton
        />
      </ThemeProvider>
    </CacheProvider>
  );
}

function Phase() {
  const state = useShellState();
  // The shell answers within milliseconds; an empty ground until then flickers less than any word would.
  if (state === undefined) return null;
  switch (state.phase) {
    case 'choose-profile':
      return <FirstRunPage profiles={state.profiles} operator={state.operator} />;
    case 'starting':
      return <StartingScreen profileName={state.profileName} step={state.step} />;
    case 'running':
      return <RouterProvider router={router} />;
    case 'failed':
      return <StartUpFailurePage state={state} />;
    default:
      return assertNever(state);
  }
}
