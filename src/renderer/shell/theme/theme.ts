/** Material UI on our tokens: its colours are the CSS variables of `tokens.css`, so there is one palette to keep. */
import { createTheme } from '@mui/material/styles';

const token = (name: string) => `var(--${name})`;

export const theme = createTheme({
  cssVariables: { nativeColor: true, cssVarPrefix: 'mui' },
  palette: {
    primary: { main: token('selection'), contrastText: token('bg') },
    secondary: { main: token('normal'), contrastText: token('bg') },
    error: { main: token('p1'), contrastText: token('bg') },
    warning: { main: token('p2'), contrastText: token('bg') },
    info: { main: token('normal'), contrastText: token('bg') },
    success: { main: token('normal'), contrastText: token('bg') },
    text: { primary: token('text'), secondary: token('muted'), disabled: token('muted') },
    background: { default: token('bg'), paper: token('panel') },
    divider: token('line'),
    action: { active: token('text'), disabled: token('muted') },
  },
  shape: { borderRadius: 6 },
  spacing: 8,
  typography: {
    fontFamily: token('font'),
    fontSize: 13,
    htmlFontSize: 16,
    button: { textTransform: 'none', fontWeight: 500 },
  },
  transitions: {
    duration: { enteringScreen: 90, leavingScreen: 60, shortest: 60, shorter: 80, short: 90, standard: 100 },
  },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiPopover: {
      defaultProps: { transitionDuration: 60 },
      styleOverrides: { paper: { border: `1px solid ${token('line')}`, boxShadow: token('shadow') } },
    },
    MuiDialog: {
      styleOverrides: { paper: { border: `1px solid ${token('line')}`, boxShadow: token('shadow'), borderRadius: 10 } },
    },
    MuiTooltip: {
      defaultProps: { enterDelay: 350, enterNextDelay: 100 },
      styleOverrides: {
        tooltip: {
          padding: '6px 9px',
          border: `1px solid ${token('line')}`,
          backgroundColor: token('panel2'),
          boxShadow: token('shadow'),
          color: token('text'),
          fontSize: 12,
          fontWeight: 400,
          maxWidth: 380,
        },
      },
    },
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiSelect: { defaultProps: { size: 'small' } },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { fontSize: 13, backgroundColor: token('bg') },
        notchedOutline: { borderColor: token('line') },
      },
    },
    MuiMenuItem: { styleOverrides: { root: { fontSize: 13, minHeight: 30 } } },
  },
});
