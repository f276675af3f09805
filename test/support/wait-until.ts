/** Waits for a condition in a real, asynchronous world; says what it waited for when it gives up. */
export async function waitUntil(what: string, holds: () => boolean, limitMs = 10_000): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (!holds()) {
    if (Date.now() > endMs) throw new Error(`Waited ${limitMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
