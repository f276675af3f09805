/** What people asked of a plan, each with who and when, and a way back. */
import './charging.css';
import type { Wish } from '../../shared/domain/charging/wish.ts';
import { sayWish } from './charging-words.ts';
import { withdrawWish } from './give-wish.ts';

type WishListProps = { readonly wishes: readonly Wish[]; readonly clockOf: (atMs: number) => string };

export function WishList({ wishes, clockOf }: WishListProps) {
  if (wishes.length === 0) return null;
  return (
    <ul className="wish-list" aria-label="What people asked for">
      {wishes.map(({ wishId, terms, givenBy, givenAtMs }) => (
        <li key={wishId}>
          {sayWish(terms, clockOf)}{' '}
          <span className="muted">
            {givenBy}, {clockOf(givenAtMs)}
          </span>
          <button type="button" className="btn" onClick={() => void withdrawWish(wishId)}>
            Take back
          </button>
        </li>
      ))}
    </ul>
  );
}
