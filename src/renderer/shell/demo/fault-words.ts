/** The scripted faults in words: what the lever does to the demo's marketplace, its vehicles or its meter lines. */
import type { DemoFault } from '../../../shared/ipc/console-contract.ts';

export type FaultWords = { readonly name: string; readonly does: string };

export const FAULT_WORDS: Readonly<Record<DemoFault, FaultWords>> = {
  'link-lost': { name: 'Link lost', does: 'The marketplace hangs up and takes no connection.' },
  'commands-refused': { name: 'Commands refused', does: 'Every start and stop is refused.' },
  'answers-late': { name: 'Answers late', does: 'Commands are answered, but slowly.' },
  'answers-missing': { name: 'Answers missing', does: 'Commands arrive and are never answered.' },
  'results-missing': { name: 'Results missing', does: 'Commands are accepted; what became of them is never told.' },
  'telematics-silent': { name: 'Telematics silent', does: 'The vehicles stop reporting where they are.' },
  'meter-unplugged': { name: 'Meter line unplugged', does: 'The meter lines go away and take no connection.' },
  'meter-late': { name: 'Meter answers late', does: 'Meters answer late, some after their time-out.' },
  'meter-noisy': { name: 'Meter line noisy', does: 'Noise spoils answers on the meter lines.' },
  'vehicle-late': { name: 'Vehicle late', does: 'A vehicle on the road comes home 40 minutes later.' },
  'departs-early': { name: 'Departure moved', does: 'A vehicle that charges is to leave an hour earlier.' },
  'charger-broken': { name: 'Charge point broken', does: 'A bay that is charging gives nothing.' },
  'limit-cut': { name: 'Grid limit cut', does: 'The grid allows each yard 70 % of its limit.' },
};
