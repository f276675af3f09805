/** How a line is set, as technicians write it: `9600 8N1`. */
import type { SavedLine } from '../../../../shared/ipc/metering/commissioning-contract.ts';

export type Settings = SavedLine['settings'];

/** The frames that meters use: seven or eight bits, then none, even or odd parity, then stop bits. */
export const FRAMES = ['8N1', '8E1', '8O1', '8N2', '7E1', '7O1', '7N2'] as const;

const PARITIES: Readonly<Record<string, Settings['parity']>> = { N: 'none', E: 'even', O: 'odd' };

/** What is no frame counts as the commonest. */
export function parseFrame(frame: string): Omit<Settings, 'baudRate'> {
  const [, bits, letter = 'N', stops] = /^([78])([NEO])([12])$/u.exec(frame) ?? [];
  return {
    dataBits: bits === '7' ? 7 : 8,
    parity: PARITIES[letter] ?? 'none',
    stopBits: stops === '2' ? 2 : 1,
  };
}

export function settingsWords({ baudRate, dataBits, parity, stopBits }: Settings): string {
  return `${baudRate} ${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`;
}
