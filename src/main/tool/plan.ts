/** `plan`: the cheapest charging plan for a case in a file, with its proof. For whoever doubts the planner, or wants it without the console. */
import type { PlanCase } from '../../shared/domain/charging/plan-case.ts';
import { planCharging, type ChargingPlan } from '../../shared/domain/charging/plan-charging.ts';
import { readPlanFile } from './plan/read-plan-file.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const USAGE = 'FILE';
const UNREADABLE = 2;

export const plan: Tool = {
  name: 'plan',
  summary:
    'Plans the charging of a case in JSON: site, prices, demand charge, limits, vehicles with windows, offers. Answers the cheapest plan, its cost, ' +
    'the bound that no plan goes below, what a kWh more costs in each slot, and of missing energy how much and why. Exits with 1 when ' +
    'energy is missing, and with 2 when the case cannot be read.',
  usage: USAGE,
  run: async (args) => {
    const { files } = readToolArgs(args, [], `plan ${USAGE}`);
    const [file, ...more] = files;
    if (file === undefined || more.length > 0)
      throw new ToolError('usage', `Name one file with a case. Usage: plan ${USAGE}`, UNREADABLE);
    const asked = readPlanFile(file);
    const planned = planCharging(asked);
    if (planned.missingReason !== undefined) process.exitCode = 1;
    return { file, ...describePlan(asked, planned) };
  },
};

function describePlan(asked: PlanCase, planned: ChargingPlan) {
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
  const { objective, cost, bound, peakKw, marginalPrice, missingReason } = planned;
  return {
    cost,
    objective,
    bound,
    gap: objective - bound,
    peakKw,
    missingKwh: planned.missingKwh.reduce((sum, kwh) => sum + kwh, 0),
    missingReason: missingReason ?? null,
    slots: siteKw.map((kw, at) => ({ siteKw: kw, marginalPrice: marginalPrice[at] ?? 0 })),
    vehicles: rows,
  };
}
