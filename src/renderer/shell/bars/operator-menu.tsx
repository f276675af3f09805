/** Who is at the desk; behind it the theme and the way out of the profile, for those who do not know the palette. */
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useOnlyRecord } from '../../link/use-feed.ts';
import { tellShell } from '../palette/command-items.ts';
import { chooseTheme, THEME_CHOICES, useThemeChoice } from '../theme/theme-choice.ts';

export function OperatorMenu() {
  const facts = useOnlyRecord('console/facts');
  const choice = useThemeChoice();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  if (facts === undefined) return <span className="operator" />;
  return (
    <>
      <button
        type="button"
        className="operator"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        title={`${facts.operator}, profile ${facts.profileName}: theme, leave`}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <span>{facts.operator}</span>
        <svg className="outline-icon" viewBox="0 0 24 24" width={12} height={12} aria-hidden="true">
          <path d="M5 9l7 7 7-7" />
        </svg>
      </button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
        {THEME_CHOICES.map((theme) => (
          <MenuItem
            key={theme}
            role="menuitemradio"
            aria-checked={theme === choice}
            selected={theme === choice}
            onClick={() => {
              chooseTheme(theme);
              close();
            }}
          >
            {theme === 'system' ? 'Theme: as the system has it' : `Theme: ${theme}`}
          </MenuItem>
        ))}
        <MenuItem
          divider={false}
          className="menu-apart"
          onClick={() => {
            close();
            void tellShell('shell/leave-profile', {}, 'Leaving the profile');
          }}
        >
          Leave this profile ({facts.profileName})
        </MenuItem>
      </Menu>
    </>
  );
}
