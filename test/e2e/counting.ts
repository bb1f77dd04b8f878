import type { Page } from '@playwright/test'

/** What a person does with the mouse and the keyboard. */
export interface Input {
  readonly clicks: number
  readonly keys: number
}

interface Counted {
  castellanInput?: { clicks: number; keys: number }
}

/** Counts the clicks and key presses of a page from now on; the function that it returns reads the numbers. */
export async function countInput(page: Page): Promise<() => Promise<Input>> {
  await page.evaluate(() => {
    const counted = { clicks: 0, keys: 0 }
    ;(globalThis as Counted).castellanInput = counted
    document.addEventListener('pointerdown', () => (counted.clicks += 1), true)
    document.addEventListener('keydown', () => (counted.keys += 1), true)
  })
  return () => page.evaluate(() => (globalThis as Counted).castellanInput ?? { clicks: 0, keys: 0 })
}
