/** Order by running values stands still while somebody works in it; then it must say how old it is. */
import { useWallNow, wholeAge } from '../instruments/clock/profile-clock.ts';

export function OrderAge({ takenMs }: { readonly takenMs: number }) {
  const age = useWallNow() - takenMs;
  return (
    <small title="Rows keep their place while you work here; R sorts them anew.">
      order {wholeAge(age)} old <kbd>R</kbd>
    </small>
  );
}
