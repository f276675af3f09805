/**
 * What a search tries, from what a person knows: "find it for me" stands for the settings that meters leave their makers
 * with, the likeliest first. Modbus names 19200 8E1 its default (MODBUS over Serial Line V1.02, 2.5.1); most sub-meters come
 * with 9600 8N1. The utility's meters speak as IEC 62056-21 (300 or 9600 7E1), SML (9600 8N1) or P1 (115200 8N1, once 9600 7E1).
 */
import type { LineProtocol } from '../../../../shared/domain/metering/line-protocol.ts';
import type { CommandInput } from '../../../../shared/ipc/console-api.ts';
import type { HowDraft, MeterKind, WhereDraft } from './line-draft.ts';
import { readAddress, type WhereProblems } from './line-place.ts';
import { parseFrame, type Settings } from './line-settings.ts';

export type ScanRequest = Omit<CommandInput<'metering/scan-line'>, 'commandId'>;
export type HowProblems = Partial<Record<'baudRate' | 'fromAddress' | 'toAddress', string>>;
export type ScanPlan =
  | { readonly ok: true; readonly request: ScanRequest }
  | { readonly ok: false; readonly where: WhereProblems; readonly how: HowProblems };

type Tried = { readonly protocols: readonly LineProtocol[]; readonly settings: readonly string[] };

const MODBUS: Tried = {
  protocols: ['modbus-rtu'],
  settings: [
    '9600 8N1',
    '9600 8E1',
    '19200 8E1',
    '19200 8N1',
    '38400 8N1',
    '38400 8E1',
    '9600 8O1',
    '19200 8O1',
    '115200 8N1',
    '57600 8N1',
    '4800 8N1',
    '4800 8E1',
    '2400 8N1',
    '2400 8E1',
  ],
};
const OPTICAL: Tried = {
  protocols: ['sml', 'iec62056-push', 'iec62056-mode-c'],
  settings: ['9600 8N1', '9600 7E1', '300 7E1'],
};
const P1: Tried = { protocols: ['dsmr-p1'], settings: ['115200 8N1', '9600 7E1'] };

export function triedFor(kind: MeterKind): Tried {
  if (kind === 'modbus') return MODBUS;
  if (kind === 'optical') return OPTICAL;
  if (kind === 'p1') return P1;
  const all = [MODBUS, OPTICAL, P1];
  return {
    protocols: all.flatMap(({ protocols }) => protocols),
    settings: [...new Set(all.flatMap(({ settings }) => settings))],
  };
}

/** Only Modbus meters have addresses to try. */
export function hasAddresses(how: HowDraft): boolean {
  return how.mode === 'find' ? how.kind === 'modbus' || how.kind === 'any' : how.protocol === 'modbus-rtu';
}

export function planScan(where: WhereDraft, how: HowDraft): ScanPlan {
  const place = readAddress(where);
  const problems = judgeHow(how);
  if (!place.ok || Object.keys(problems).length > 0)
    return { ok: false, where: place.ok ? {} : place.problems, how: problems };
  const tried = how.mode === 'find' ? triedFor(how.kind) : undefined;
  return {
    ok: true,
    request: {
      address: place.address,
      protocols: [...(tried?.protocols ?? [how.protocol])],
      settings: tried === undefined ? [exactSettings(how)] : tried.settings.map(readSettings),
      unitAddresses: hasAddresses(how)
        ? { from: Number(how.fromAddress), to: Number(how.toAddress) }
        : { from: 1, to: 1 },
    },
  };
}

export function judgeHow(how: HowDraft): HowProblems {
  const problems: HowProblems = {};
  if (how.mode === 'exact' && !isWhole(how.baudRate, 300, 1_000_000))
    problems.baudRate = 'Type the speed in baud, such as 9600.';
  if (!hasAddresses(how)) return problems;
  if (!isWhole(how.fromAddress, 1, 247)) problems.fromAddress = 'From 1 to 247.';
  if (!isWhole(how.toAddress, 1, 247)) problems.toAddress = 'From 1 to 247.';
  else if (Number(how.toAddress) < Number(how.fromAddress)) problems.toAddress = 'Not below the first.';
  return problems;
}

function isWhole(text: string, least: number, greatest: number): boolean {
  return /^\d{1,7}$/u.test(text.trim()) && Number(text) >= least && Number(text) <= greatest;
}

/** Of a draft without problems. */
export function exactSettings(how: HowDraft): Settings {
  return { baudRate: Number(how.baudRate), ...parseFrame(how.frame) };
}

function readSettings(words: string): Settings {
  const [baudRate = '', frame = ''] = words.split(' ');
  return { baudRate: Number(baudRate), ...parseFrame(frame) };
}
