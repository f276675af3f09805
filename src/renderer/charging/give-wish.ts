/** What a person wants of a plan, given and taken back. */
import { toast } from 'sonner';
import type { WishTerms } from '../../shared/domain/charging/wish.ts';
import { sendCommand, sendForId } from '../link/send-command.ts';

/** True when it is stored; the plan follows within a moment, and the toast takes it back. */
export async function giveWish(depotId: string, terms: WishTerms, title: string): Promise<boolean> {
  const wishId = await sendForId('charging/wish', { depotId, terms }, 'The wish');
  if (wishId === undefined) return false;
  toast(title, {
    description:
      'vehicleId' in terms
        ? 'The plan follows it until the vehicle leaves.'
        : 'The plan follows it until it is taken back.',
    action: { label: 'Undo', onClick: () => void withdrawWish(wishId) },
  });
  return true;
}

export async function withdrawWish(wishId: string): Promise<void> {
  await sendCommand('charging/withdraw-wish', { wishId }, 'Taking the wish back');
}
