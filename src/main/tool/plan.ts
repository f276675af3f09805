/** `plan`: the cheapest charging plan for a case in a file, with its proof. For whoever doubts the planner, or wants it without the console. */
import type { PlanCase } from '../../shared/domain/charging/plan-case.ts';
import { planCharging, type ChargingPlan } from '../../shared/domain/charging/plan-charging.ts';
import { loadLinearEngine } from '../charging/linear/linear-engine.ts';
import { planLinear, type LinearPlan } from '../charging/linear/plan-linear.ts';
import { readPlanFile } from './plan/read-plan-file.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const USAGE = 'FILE [--engine flow|highs]';
const ENGINES = ['flow', 'highs'] as const;
type EngineName = (typeof ENGINES)[number];
const UNREADABLE = 2;
/** A general solver leaves crumbs. */
const NOTHING_KWH = 1e-9;

/** Only the flow engine explains what is missing; only the other knows further peaks. */
type Planned = Omit<ChargingPlan, 'missingReason'> &
  Partial<Pick<ChargingPlan, 'missingReason'> & Pick<LinearPlan, 'furtherPeaksKw'>>;

export const plan: Tool = {
  name: 'plan',
  summary:
    'Plans the charging of a case in JSON: site, prices, demand charge, limits, vehicles with windows, offers. Answers the cheapest plan, its cost, ' +
    'the bound that no plan goes below, what a kWh more costs in each slot, and of missing energy how much and why. Exits with 1 when ' +
    'energy is missing, and with 2 when the case cannot be read.',
  usage: USAGE,
  run: async (args) => {
    const { files, values } = readToolArgs(args, ['engine'], `plan ${USAGE}`);
    const [file, ...more] = files;
    if (file === undefined || more.length > 0)
      throw new ToolError('usage', `Name one file with a case. Usage: plan ${USAGE}`, UNREADABLE);
    const engine = ENGINES.find((name) => name === (values.engine ?? 'flow'));
    if (engine === undefined)
      throw new ToolError('usage', `There is no engine “${values.engine}”. Usage: plan ${USAGE}`, UNREADABLE);
    const asked = readPlanFile(file);
    const planned = await planBy(engine, asked, file);
    if (planned.missingKwh.some((kwh) => kwh > NOTHING_KWH)) process.exitCode = 1;
    return { file, engine, ...describePlan(asked, planned) };
  },
};

async function planBy(engine: EngineName, asked: PlanCase, file: string): Promise<Planned> {
  if (engine === 'flow') {
    const beyond = beyondFlow(asked);
    if (beyond !== undefined)
      throw new ToolError(
        'engine',
        `${file} has ${beyond}, which the flow engine does not weigh: its plan would not hold. Plan it with --engine highs.`,
        UNREADABLE,
      );
    return planCharging(asked);
  }
  const linear = await loadLinearEngine();
  try {
    const planned = planLinear(asked, linear);
    if (!planned.ok) throw new ToolError(planned.code, planned.message, UNREADABLE);
    return planned.value;
  } finally {
    linear.dispose();
  }
}

function beyondFlow({ phaseLimitKw, furtherDemands, vehicles }: PlanCase): string | undefined {
  if (phaseLimitKw !== undefined) return 'limits of phases';
  if ((furtherDemands ?? []).length > 0) return 'further demand charges';
  return vehicles.some(({ taper }) => taper !== undefined)
    ? 'batteries that take less when they are nearly full'
    : undefined;
}

function describePlan(asked: PlanCase, planned: Planned) {
  const { slots, slotHours, vehicles } = asked;
  const siteKw = slots.map(({ loadKw, pvKw }) => loadKw - pvKw);
  const rows = vehicles.map(({ id, needKwh, fromSlot }, at) => {
    const powerKw = slots.map(() => 0);
    planned.powerKw[at]?.forEach((kw, step) => {
      powerKw[fromSlot + step] = kw;
      siteKw[fromSlot + step] = (siteKw[fromSlot + step] ?? 0) + kw;
    });
    const chargedKwh = powerKw.reduce((sum, kw) => sum + kw * slotHours, 0);
    const boughtKwh = planned.bought[at] ?? [];
    return { id, needKwh, chargedKwh, boughtKwh, missingKwh: planned.missingKwh[at] ?? 0, powerKw };
  });
  const { objective, cost, bound, peakKw, furtherPeaksKw, marginalPrice, missingReason } = planned;
  return {
    cost,
    objective,
    bound,
    gap: objective - bound,
    peakKw,
    ...(furtherPeaksKw === undefined || furtherPeaksKw.length === 0 ? {} : { furtherPeaksKw }),
    missingKwh: planned.missingKwh.reduce((sum, kwh) => sum + kwh, 0),
    missingReason: missingReason ?? null,
    slots: siteKw.map((kw, at) => ({ siteKw: kw, marginalPrice: marginalPrice[at] ?? 0 })),
    vehicles: rows,
  };
}
