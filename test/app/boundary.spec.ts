/** The border between page and machine: what a page of ours cannot do, tried from inside one. */
import { rmSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';

test('a page has no Node, cannot navigate, open windows, run strings, or ask for what is not offered', async () => {
  const data = dataFolder();
  const { app, page, close } = await launchConsole({ data });
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();

  expect(await page.evaluate(() => [typeof require, typeof process, typeof module])).toEqual([
    'undefined',
    'undefined',
    'undefined',
  ]);
  expect(await page.evaluate(() => Object.keys(window.switchyard).sort())).toEqual(['ask', 'onState']);
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    // Electron keeps this call out of its types; there is no other way to read back what a window really got.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences: () => object;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  });

  const policy = await page.evaluate(async () => (await fetch(location.href)).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  const markupRuns = () => {
    const script = document.createElement('script');
    try {
      script.text = 'document.body.dataset.ran = "yes"';
      document.head.append(script);
    } catch {
      return 'refused';
    }
    return document.body.dataset['ran'] ?? 'refused';
  };
  expect(await page.evaluate(markupRuns)).toBe('refused');

  expect(await page.evaluate(() => window.open('https://example.invalid') === null)).toBe(true);
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://example.invalid/';
  });
  await page.waitForTimeout(300);
  expect(page.url()).toBe(before);
  expect(
    await page.evaluate(async () =>
      fetch('https://example.invalid').then(
        () => 'sent',
        () => 'refused',
      ),
    ),
  ).toBe('refused');

  const ask = (name: string, input: unknown) =>
    page.evaluate(([asked, value]) => window.switchyard.ask(asked as 'shell/state', value as never), [
      name,
      input,
    ] as const);
  expect(await ask('shell/nothing', {})).toMatchObject({ ok: false, error: { code: 'not-offered' } });
  expect(await ask('__proto__', {})).toMatchObject({ ok: false, error: { code: 'not-offered' } });
  expect(await ask('shell/open-profile', { profileId: 7 })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  expect(await page.evaluate(async () => (await fetch('/../../package.json')).status)).toBe(404);
  await close();
  rmSync(data, { recursive: true, force: true });
});
