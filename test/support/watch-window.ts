/** What a person could read off the living window at one moment, and a watch that looks again and again while a fault runs. */
import path from 'node:path';
import type { Page } from 'playwright/test';

export type DepotSight = {
  readonly name: string;
  /** `417` */
  readonly powerKw: string;
  readonly isPowerStale: boolean;
  /** Of the newest reading, as the card says it. */
  readonly readingAgeS: number | undefined;
  /** How the measuring does, in the card's words. */
  readonly note: string;
};

export type Sight = {
  /** `live`, `lost` and the like; undefined while nothing is known of the link. */
  readonly link: string | undefined;
  readonly queue: number;
  readonly lines: string;
  readonly statusBar: string;
  readonly depots: readonly DepotSight[];
  /** Of `197 / 200`. */
  readonly reporting: number;
  /** The tiles whose figure is marked as old. */
  readonly staleTiles: readonly string[];
};

export async function lookAt(page: Page): Promise<Sight> {
  return page.evaluate(() => {
    const text = (within: ParentNode | null, selector: string) =>
      within?.querySelector(selector)?.textContent?.trim() ?? '';
    const bar = document.querySelector('.status-bar');
    const seconds = (age: string) => {
      const found = /(\d+) (s|min)/u.exec(age);
      return found === null ? undefined : Number(found[1]) * (found[2] === 'min' ? 60 : 1);
    };
    return {
      link: bar?.querySelector<HTMLElement>('[data-state]')?.dataset['state'],
      queue: Number(text(bar, '[data-state] .count') || '0'),
      lines: [...(bar?.querySelectorAll('.status-link') ?? [])]
        .map((link) => link.textContent ?? '')
        .filter((words) => words.includes('meter line'))
        .join(' '),
      statusBar: bar?.textContent ?? '',
      depots: [...document.querySelectorAll('.depot-card')].map((card) => ({
        name: text(card, '.depot-head b'),
        powerKw: text(card, '.site-power-value .live-value'),
        isPowerStale: card.querySelector('.site-power-value .live-value.stale') !== null,
        readingAgeS: seconds(text(card, '.site-power-age')),
        note: text(card, '.site-power-note > span:not(.mark)'),
      })),
      reporting: Number(text(document, '.tile-value').split('/')[0]?.replaceAll(/\D/gu, '') || '0'),
      staleTiles: [...document.querySelectorAll('.tile')]
        .filter((tile) => tile.querySelector('.tile-value .stale') !== null)
        .map((tile) => text(tile, '.tile-title')),
    };
  });
}

/** Looks twice a second, and judges each look, until `isOver` says that enough was seen. */
export async function watch(
  page: Page,
  judge: (sight: Sight) => void,
  isOver: (sight: Sight) => boolean,
  limitMs = 90_000,
): Promise<readonly Sight[]> {
  const sights: Sight[] = [];
  const endMs = Date.now() + limitMs;
  for (;;) {
    const sight = await lookAt(page);
    sights.push(sight);
    judge(sight);
    if (isOver(sight)) return sights;
    if (Date.now() > endMs)
      throw new Error(`What was waited for was never seen. The last sight: ${JSON.stringify(sight)}`);
    await page.waitForTimeout(500);
  }
}

/** A picture for a person to look at, where SWITCHYARD_PICTURES names a folder. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SWITCHYARD_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
