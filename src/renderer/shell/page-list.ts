/** The pages that exist, in the order of the rail, with the letter that follows `G`. */
export type PageEntry = {
  readonly to:
    | '/live'
    | '/charge'
    | '/readiness'
    | '/timeline'
    | '/site-load'
    | '/cost'
    | '/alarms'
    | '/meters'
    | '/one-line'
    | '/balance'
    | '/records'
    | '/terms'
    | '/network'
    | '/links'
    | '/about';
  readonly name: string;
  readonly letter: string;
  /** What one finds there, for the palette and the rail's tip. */
  readonly holds: string;
  /** Path data for a 24 by 24 outline. */
  readonly icon: string;
};

export const PAGES: readonly PageEntry[] = [
  {
    to: '/live',
    name: 'Live',
    letter: 'L',
    holds: 'Map, vehicles and depots as they are now',
    icon: 'M9 4 3 6v14l6-2 6 2 6-2V4l-6 2z M9 4v14 M15 6v14',
  },
  {
    to: '/charge',
    name: 'Charge',
    letter: 'C',
    holds: 'Find a place to charge: what is free, what it costs this vehicle, and how far it is',
    icon: 'M5 20V6a2 2 0 0 1 2-2h5a2 2 0 0 1 2 2v14 M3.500 20h12 M14 12h2.500a1.500 1.500 0 0 1 1.500 1.500V16a1.500 1.500 0 0 0 3 0V9l-3-3 M10 7.500l-2 4h3l-2 4',
  },
  {
    to: '/readiness',
    name: 'Readiness',
    letter: 'E',
    holds: 'Who will miss the departure, why, and the ways out with their prices',
    icon: 'M12 4a8.5 8.5 0 1 0 8.500 8.500 M12 8v5l3 2 M15.500 5.500l2 2 4-4',
  },
  {
    to: '/timeline',
    name: 'Timeline',
    letter: 'I',
    holds: 'When each charge point charges and why, and what may be asked for instead',
    icon: 'M4 5v15h16 M7 8h6v3h-6z M10 13h8v3h-8z M16 5v4',
  },
  {
    to: '/site-load',
    name: 'Site load',
    letter: 'S',
    holds: 'What a depot draws and will draw against its limit, and what a lower limit would cost',
    icon: 'M4 5v15h16 M4 8h16 M7 20v-4h3v4 M11 20v-8h3v8 M15 20v-6h3v6',
  },
  {
    to: '/cost',
    name: 'Cost',
    letter: 'P',
    holds:
      'What a depot’s month costs so far and will cost, against charging at once and the least possible; prices and wiring',
    icon: 'M12 3.500v17 M16.500 7.500c-1-1.500-2.500-2-4.500-2-2.500 0-4.500 1-4.500 3.200 0 4.600 9.500 2 9.500 6.600 0 2.200-2.200 3.200-5 3.200-2.200 0-4-.8-5-2.500',
  },
  {
    to: '/alarms',
    name: 'Alarms',
    letter: 'A',
    holds: 'What needs an answer, what is shelved, and who did what',
    icon: 'M6 17v-6a6 6 0 0 1 12 0v6 M4 17h16 M10 20.500h4 M12 3v2',
  },
  {
    to: '/meters',
    name: 'Meters',
    letter: 'M',
    holds: 'Meters, their readings and how they answer',
    icon: 'M4.200 18a9 9 0 1 1 15.600 0z M12 14l4-5 M12 5v2 M5 13h2 M17 13h2',
  },
  {
    to: '/one-line',
    name: 'One-line',
    letter: 'O',
    holds: 'A depot’s meters as a tree, with the power of this moment',
    icon: 'M4 5v14 M4 12h5 M9 5v14 M9 5h4 M9 12h4 M9 19h4 M13 3h7v4h-7z M13 10h7v4h-7z M13 17h7v4h-7z',
  },
  {
    to: '/balance',
    name: 'Balance',
    letter: 'B',
    holds: 'What came into a depot against what went out of it, and what the meters’ error explains',
    icon: 'M12 4v16 M8 20h8 M4 7h16 M4 7l-2.500 6h5z M20 7l-2.500 6h5z',
  },
  {
    to: '/records',
    name: 'Records',
    letter: 'R',
    holds: 'Charge records, their prices against ours, and signed meter values',
    icon: 'M6 3.500h9l3.500 3.500v13.500h-12.500z M15 3.500v3.500h3.500 M9 11h7 M9 14h7 M9 17h4',
  },
  {
    to: '/terms',
    name: 'Terms',
    letter: 'T',
    holds: 'Contracts, tariffs and credit',
    icon: 'M4 12.500 12.500 4h7.500v7.500L11.500 20z M16 7.500v.5 M9 13l3 3',
  },
  {
    to: '/network',
    name: 'Network',
    letter: 'N',
    holds: 'How operators served us, who of them answers, and where the fleet’s need was not met',
    icon: 'M12 3.500v5 M12 8.500l-5 6 M12 8.500l5 6 M7 14.500h10 M10 3.500h4 M4.500 14.500h5v5h-5z M14.500 14.500h5v5h-5z',
  },
  {
    to: '/links',
    name: 'Links',
    letter: 'K',
    holds: 'Marketplace link, meter lines, queue of commands, quarantine',
    icon: 'M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3 M14 10a4 4 0 0 0-5.7 0l-3.1 3.100a4 4 0 0 0 5.7 5.700L12 17.7',
  },
  {
    to: '/about',
    name: 'About',
    letter: 'V',
    holds: 'Versions, database, runtime',
    icon: 'M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 11v5.5 M12 7.500v.5',
  },
];
