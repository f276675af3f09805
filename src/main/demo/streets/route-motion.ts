/**
 * How a vehicle moves along a line: where it is and how fast after so many seconds. Invariant: place and speed are
 * continuous, the speed never exceeds the limit of the street, and the vehicle stands still at both ends. Routes are
 * shared by all vehicles that drive them, so they are computed once and only read afterwards.
 */
export type Route = {
  readonly lengthM: number;
  readonly durationS: number;
  /** Phases of constant acceleration: begin (s), way (m) and speed (m/s) at the begin, acceleration (m/s²). */
  readonly phaseAtS: Float64Array;
  readonly phaseWayM: Float64Array;
  readonly phaseSpeed: Float64Array;
  readonly phaseGain: Float64Array;
  readonly wayM: Float64Array;
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
  readonly headingDeg: Float64Array;
};

export type RouteLine = {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Limit (m/s) on the piece that begins at the point. */
  readonly limit: readonly number[];
  /** Seconds to stand at the point: a light, a bus stop. */
  readonly stopS: readonly number[];
};

export type MotionSample = { wayM: number; speedMs: number; latitude: number; longitude: number; headingDeg: number };

type Project = { readonly latitudeOf: (y: number) => number; readonly longitudeOf: (x: number) => number };

const GAIN = 0.9;

export function buildRoute(line: RouteLine, plane: Project): Route {
  const points = line.x.length;
  const wayM = new Float64Array(points);
  const headingDeg = new Float64Array(points);
  for (let point = 1; point < points; point++) {
    const dx = (line.x[point] ?? 0) - (line.x[point - 1] ?? 0);
    const dy = (line.y[point] ?? 0) - (line.y[point - 1] ?? 0);
    wayM[point] = (wayM[point - 1] ?? 0) + Math.hypot(dx, dy);
    headingDeg[point - 1] = ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360;
  }
  headingDeg[points - 1] = headingDeg[points - 2] ?? 0;
  const speed = passingSpeeds(line, wayM, headingDeg);
  const phases = layPhases(line, wayM, speed);
  return {
    lengthM: wayM[points - 1] ?? 0,
    durationS: phases.durationS,
    phaseAtS: Float64Array.from(phases.atS),
    phaseWayM: Float64Array.from(phases.wayM),
    phaseSpeed: Float64Array.from(phases.speed),
    phaseGain: Float64Array.from(phases.gain),
    wayM,
    latitude: Float64Array.from(line.y, (y) => plane.latitudeOf(y)),
    longitude: Float64Array.from(line.x, (x) => plane.longitudeOf(x)),
    headingDeg,
  };
}

/** Where on the route after `elapsedS`; before the begin and after the end the vehicle stands. */
export function sampleRoute(route: Route, elapsedS: number, out: MotionSample): void {
  const within = Math.min(Math.max(elapsedS, 0), route.durationS);
  const phase = lastAtMost(route.phaseAtS, within);
  const spent = within - (route.phaseAtS[phase] ?? 0);
  const speed = route.phaseSpeed[phase] ?? 0;
  const gain = route.phaseGain[phase] ?? 0;
  const way = (route.phaseWayM[phase] ?? 0) + speed * spent + (gain * spent * spent) / 2;
  out.wayM = Math.min(way, route.lengthM);
  out.speedMs = elapsedS >= route.durationS ? 0 : Math.max(0, speed + gain * spent);
  const point = Math.min(lastAtMost(route.wayM, out.wayM), route.wayM.length - 2);
  const begin = route.wayM[point] ?? 0;
  const piece = (route.wayM[point + 1] ?? 0) - begin;
  const share = piece > 0 ? (out.wayM - begin) / piece : 0;
  const latitude = route.latitude[point] ?? 0;
  const longitude = route.longitude[point] ?? 0;
  out.latitude = latitude + ((route.latitude[point + 1] ?? 0) - latitude) * share;
  out.longitude = longitude + ((route.longitude[point + 1] ?? 0) - longitude) * share;
  out.headingDeg = route.headingDeg[point] ?? 0;
}

/** Seconds from standing to standing over a straight line, at a limit in m/s. */
export function travelS(metres: number, limit: number): number {
  const ramps = (limit * limit) / GAIN;
  return metres >= ramps ? metres / limit + limit / GAIN : 2 * Math.sqrt(metres / GAIN);
}

function passingSpeeds(line: RouteLine, wayM: Float64Array, headingDeg: Float64Array): Float64Array {
  const points = line.x.length;
  const speed = new Float64Array(points);
  for (let point = 1; point < points - 1; point++) {
    if ((line.stopS[point] ?? 0) > 0) continue;
    const turn = Math.abs((((headingDeg[point] ?? 0) - (headingDeg[point - 1] ?? 0) + 540) % 360) - 180);
    const corner = turn > 60 ? 4.2 : turn > 28 ? 8 : 99;
    speed[point] = Math.min(line.limit[point - 1] ?? 0, line.limit[point] ?? 0, corner);
  }
  const reach = (from: number, lengthM: number): number => Math.sqrt(from * from + 2 * GAIN * lengthM);
  for (let point = 1; point < points; point++) {
    const pieceM = (wayM[point] ?? 0) - (wayM[point - 1] ?? 0);
    speed[point] = Math.min(speed[point] ?? 0, reach(speed[point - 1] ?? 0, pieceM));
  }
  for (let point = points - 2; point >= 0; point--) {
    const pieceM = (wayM[point + 1] ?? 0) - (wayM[point] ?? 0);
    speed[point] = Math.min(speed[point] ?? 0, reach(speed[point + 1] ?? 0, pieceM));
  }
  return speed;
}

type Phases = { atS: number[]; wayM: number[]; speed: number[]; gain: number[]; durationS: number };

function layPhases(line: RouteLine, wayM: Float64Array, passing: Float64Array): Phases {
  const phases: Phases = { atS: [], wayM: [], speed: [], gain: [], durationS: 0 };
  const add = (way: number, speed: number, gain: number, lastsS: number): void => {
    if (lastsS <= 1e-9) return;
    phases.atS.push(phases.durationS);
    phases.wayM.push(way);
    phases.speed.push(speed);
    phases.gain.push(gain);
    phases.durationS += lastsS;
  };
  for (let point = 0; point < wayM.length - 1; point++) {
    const begin = wayM[point] ?? 0;
    const lengthM = (wayM[point + 1] ?? 0) - begin;
    if (point > 0) add(begin, 0, 0, line.stopS[point] ?? 0);
    const v0 = passing[point] ?? 0;
    const v1 = passing[point + 1] ?? 0;
    const peak = Math.min(line.limit[point] ?? 0, Math.sqrt((2 * GAIN * lengthM + v0 * v0 + v1 * v1) / 2));
    const up = (peak * peak - v0 * v0) / (2 * GAIN);
    const down = (peak * peak - v1 * v1) / (2 * GAIN);
    add(begin, v0, GAIN, (peak - v0) / GAIN);
    add(begin + up, peak, 0, Math.max(0, lengthM - up - down) / peak);
    add(begin + lengthM - down, peak, -GAIN, (peak - v1) / GAIN);
  }
  if (phases.atS.length === 0) add(0, 0, 0, 1);
  return phases;
}

/** The last index whose value is at most `value`; the values rise. */
function lastAtMost(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
