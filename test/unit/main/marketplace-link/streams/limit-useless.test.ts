import { expect, it } from 'vitest';
import { limitUseless } from '../../../../../src/main/marketplace-link/streams/limit-useless.ts';

it('counts within a window of ten seconds and says once when it is too much', () => {
  let nowMs = 0;
  const said: string[] = [];
  const count = limitUseless(
    (reason) => said.push(reason),
    () => nowMs,
  );
  for (let useless = 0; useless < 199; useless++) count();
  nowMs = 10_001;
  for (let useless = 0; useless < 199; useless++) count();
  expect(said.length).toBe(0);
  count();
  count();
  expect(said.length).toBe(1);
});
