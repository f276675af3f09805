import { expect, test } from 'vitest';
import {
  judgeConnection,
  problemsOfRefusal,
} from '../../../../../src/renderer/pages/first-run/first-run-connection.ts';

const draft = { operator: 'Ravi K', name: 'City', url: 'https://city.example', token: 't' };

test.each([
  'https://city.example',
  'http://localhost:8080',
  'http://127.0.0.1:4000',
  'http://127.9.8.7',
  'http://[::1]:4000',
])('takes %s', (url) => {
  expect(judgeConnection({ ...draft, url }).ok).toBe(true);
});

test.each(['http://city.example', 'http://10.0.0.4', 'http://127.0.0.1.example', 'http://localhost.example'])(
  'refuses the token’s way in the open: %s',
  (url) => {
    const judged = judgeConnection({ ...draft, url });
    expect(judged).toMatchObject({ ok: false, problems: { url: expect.stringContaining('https://') as string } });
  },
);

test('says what to type where the scheme is missing, at the field alone', () => {
  const judged = judgeConnection({ ...draft, url: 'city.example' });
  expect(judged).toMatchObject({ ok: false, problems: { url: 'Begin with https://, as in https://city.example' } });
});

test('puts a refusal of the shell that names a field into the form’s words', () => {
  expect(problemsOfRefusal('url: Invalid URL.', { ...draft, url: 'city' })).toEqual({
    url: 'Begin with https://, as in https://city',
  });
  expect(problemsOfRefusal('Another profile is opening.', draft)).toBeUndefined();
});
