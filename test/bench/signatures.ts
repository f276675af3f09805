/**
 * Signed records judged per second on each of the seven curves: reading the record and its key, the signature and every check. The peer
 * is OpenSSL's verification alone, through `node:crypto`, of the same bytes; it is native code, and Electron's own build of it knows two
 * of the curves. What the console needs is said beside it: a day of a large fleet is judged while a cup of coffee is made.
 */
import { createPublicKey, verify } from 'node:crypto';
import { judgeCharge } from '../../src/main/metering/signed/ocmf/judge-charge.ts';
import { madePayload, openSignedMeter, OPENSSL_CURVES } from '../support/signed-meter.ts';
import type { BenchTable } from './bench-table.ts';

const ROUND_MS = 300;
const ROUNDS = 5;
/** A fleet of a thousand vehicles that charge ten times a day. */
const RECORDS_A_DAY = 10_000;
const AIM_S = 60;
/** Of OpenSSL's rate: whole numbers of JavaScript against native code, which for one curve is written in assembler. */
const AIM = 0.1;
const AIM_OF_ASSEMBLER = 0.03;

export function benchSignatures(table: BenchTable): void {
  table.section('Signed records (OCMF): judged per second, against OpenSSL verifying the signature alone');
  table.machine();
  for (const curve of OPENSSL_CURVES.keys()) {
    const meter = openSignedMeter(curve);
    const payload = madePayload();
    const sent = meter.sign(payload);
    const offered = [{ text: meter.publicKey, standing: 'pinned' as const }];
    const signature = Buffer.from(/"SD":"([0-9a-f]+)"/u.exec(sent)?.[1] ?? '', 'hex');
    const key = createPublicKey(meter.pem);
    const bytes = Buffer.from(payload);
    const ours = () => judgeCharge([{ sent, format: 'OCMF', nature: 'End', offered }]).result === 'valid';
    const theirs = () => verify('sha256', bytes, key, signature);
    const [mine, peer] = ratesOf(ours, theirs);
    const detail = `${mine.toFixed(0)} records/s, OpenSSL ${peer.toFixed(0)} signatures/s`;
    table.ratio(curve, mine / peer, curve === 'secp256r1' ? AIM_OF_ASSEMBLER : AIM, detail);
    table.atMost(`${curve}: ${RECORDS_A_DAY.toLocaleString('en')} records`, RECORDS_A_DAY / mine, AIM_S, 's');
  }
}

/** Per second, the best of some rounds in turn, so that both meet the same machine. */
function ratesOf(...works: readonly (() => boolean)[]): readonly [number, number] {
  const best = works.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, work] of works.entries()) best[index] = Math.max(best[index] ?? 0, rateOf(work));
  return [best[0] ?? 0, best[1] ?? 0];
}

function rateOf(work: () => boolean): number {
  let done = 0;
  const beginMs = performance.now();
  while (performance.now() - beginMs < ROUND_MS) {
    if (!work()) throw new Error('A genuine record did not verify: there is nothing to measure.');
    done += 1;
  }
  return done / ((performance.now() - beginMs) / 1000);
}
