/** Where the keyboard goes on the bench. */
import { useEffect } from 'react';

/** Where to begin in a part of the page, the best first; the part itself where it has none of them. */
const BEGINNINGS = [
  '.trace-rows',
  '[aria-invalid="true"]',
  'input:checked',
  'input:not(:disabled)',
  'select',
  'button',
];

export function focusField(partId: string): void {
  const part = document.getElementById(partId);
  const fields = BEGINNINGS.map((selector) => part?.querySelector<HTMLElement>(selector));
  (fields.find((field) => field !== null && field !== undefined) ?? part)?.focus();
}

/** Escape leaves a field for its card, where the page's keys are heard again. */
export function useLeavingFields(): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== 'Escape' || !(target instanceof HTMLElement)) return;
      if (target.matches('.commissioning input, .commissioning select'))
        target.closest<HTMLElement>('[tabindex="-1"]')?.focus();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, []);
}
