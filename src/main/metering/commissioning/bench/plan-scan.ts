/**
 * In which order settings and addresses are tried, so that a meter is found soon. An address that is silent costs most of a
 * second, because a late answer must be waited for; so the lowest addresses, which makers and installers use first, are tried
 * under every setting before the rest under any.
 *
 * A line has one baud rate and parity: as soon as something answers, the other settings are tried no more. Whoever looks for
 * a meter with settings of its own beside it scans for those alone.
 */
import type { LineProtocol } from '../../../../shared/domain/metering/line-protocol.ts';
import { describeSettings } from '../../../serial/describe-line.ts';
import { RTU_RULES } from '../../../serial/modbus/rtu-rules.ts';
import type { LineAddress, LineSettings } from '../../../serial/line-address.ts';

/** Meters begin to answer within a tenth of a second; who is later is heard in the guard, and asked again with patience. */
export const FIRST_TIMEOUT_MS = 150;
/** A reply may take 1.5 seconds to begin (IEC 62056-21, 6.3.14), and a character at 300 baud takes a thirtieth. */
export const SIGN_ON_SILENCE_MS = 2_000;
const SIGN_ONS = 3;
/** SML is sent every one to four seconds, P1 of the versions before 5 every ten. */
const LISTEN_MS = 5_000;
const LISTEN_P1_MS = 11_000;
/** A question of eight bytes at 9600 baud and the waking of timers. */
const ASKING_MS = 20;

export type ScanStep = { readonly settings: LineSettings } & (
  | { readonly kind: 'ask'; readonly unitAddress: number }
  /** To whoever talks by itself. */
  | { readonly kind: 'listen'; readonly protocols: readonly LineProtocol[] }
  /** IEC 62056-21, mode C. */
  | { readonly kind: 'sign-on' }
);

export type ScanRequest = {
  readonly settings: readonly LineSettings[];
  readonly protocols: readonly LineProtocol[];
  readonly unitAddresses: { readonly from: number; readonly to: number };
};

export type BenchRequest = ScanRequest & { readonly address: LineAddress };

/** As makers deliver their meters and installers leave them. */
const MOST_COMMON = [
  '9600 8N1',
  '19200 8E1',
  '9600 8E1',
  '19200 8N1',
  '115200 8N1',
  '9600 7E1',
  '38400 8E1',
  '38400 8N1',
];
const FIRST_ADDRESSES = 3;
/** Every dialogue of mode C begins with these (IEC 62056-21, 6.3.1). */
export const SIGN_ON_SETTINGS: LineSettings = { baudRate: 300, dataBits: 7, parity: 'even', stopBits: 1 };

export function planScan({ settings, protocols, unitAddresses: { from, to } }: ScanRequest): readonly ScanStep[] {
  const ordered = settings.toSorted((a, b) => rank(a) - rank(b));
  const pushed = protocols.filter((protocol) => protocol !== 'modbus-rtu' && protocol !== 'iec62056-mode-c');
  const isAsked = protocols.includes('modbus-rtu');
  const ask = (of: LineSettings, first: number, last: number): ScanStep[] =>
    isAsked ? range(first, last).map((unitAddress) => ({ kind: 'ask', settings: of, unitAddress })) : [];
  const lastOfFirst = Math.min(to, from + FIRST_ADDRESSES - 1);
  return [
    ...ordered.flatMap((one): ScanStep[] => [
      ...(pushed.length > 0 ? [{ kind: 'listen', settings: one, protocols: pushed } as const] : []),
      ...ask(one, from, lastOfFirst),
    ]),
    ...(protocols.includes('iec62056-mode-c') ? [{ kind: 'sign-on', settings: SIGN_ON_SETTINGS } as const] : []),
    ...ordered.flatMap((one) => ask(one, lastOfFirst + 1, to)),
  ];
}

/** What is still worth trying once something answered at `found`: the other addresses of the same settings. */
export function afterFinding(found: ScanStep, remaining: readonly ScanStep[]): readonly ScanStep[] {
  if (found.kind !== 'ask') return [];
  const settings = describeSettings(found.settings);
  return remaining.filter((step) => step.kind === 'ask' && describeSettings(step.settings) === settings);
}

/** What a step costs when nobody answers. */
export function costOf(step: ScanStep): number {
  if (step.kind === 'listen') return listenMs(step.protocols);
  return step.kind === 'sign-on' ? SIGN_ONS * SIGN_ON_SILENCE_MS : ASKING_MS + FIRST_TIMEOUT_MS + RTU_RULES.guardMs;
}

export function listenMs(protocols: readonly LineProtocol[]): number {
  return protocols.includes('dsmr-p1') ? LISTEN_P1_MS : LISTEN_MS;
}

/** `9600 8E1, address 14` */
export function describeStep(step: ScanStep): string {
  const settings = describeSettings(step.settings);
  switch (step.kind) {
    case 'ask':
      return `${settings}, address ${step.unitAddress}`;
    case 'listen':
      return `${settings}, listening`;
    case 'sign-on':
      return `${settings}, signing on`;
  }
}

function rank(settings: LineSettings): number {
  const at = MOST_COMMON.indexOf(describeSettings(settings));
  return at === -1 ? MOST_COMMON.length : at;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
