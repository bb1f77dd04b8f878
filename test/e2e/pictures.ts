import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import type { Locator, Page } from '@playwright/test'

import { expect } from './fixtures.ts'
import { atRest } from './looking.ts'

/** The pictures of README and guide. `npm run pictures -- --guide` writes them. */
const FOLDER = resolve(import.meta.dirname, '../../docs/pictures')
const RECORD = join(FOLDER, 'pictures.json')

/** Where new pictures are written; undefined while they are only compared with what the window shows. */
const target = process.env['CASTELLAN_GUIDE_PICTURES']

const SCHEMES = ['light', 'dark'] as const

/** Tokens by which a change of the look is noticed: colours, sizes, the face. */
const TOKENS = ['--paper', '--surface', '--line', '--text', '--text-quiet', '--accent-text', '--accent-line', '--rail']
const SIZES = [
  '--size-small',
  '--size-text',
  '--size-title',
  '--size-page',
  '--row-height',
  '--rail-width',
  '--font-text',
]

/** What was in a picture when it was taken. */
interface Taken {
  /** Headings, labels, columns, buttons, areas and tabs, without numbers. */
  readonly words: readonly string[]
  /** The colours and sizes of both schemes. */
  readonly look: readonly string[]
  /** SHA-256 of the file of each scheme. */
  readonly files: Readonly<Record<(typeof SCHEMES)[number], string>>
}

type Pictures = Record<string, Taken>

/**
 * Takes a picture of a part of the window in both colour schemes, or checks that the picture there is still shows it:
 * the same words and the same look. A stale one is taken again by `npm run pictures -- --guide`.
 */
export async function takePicture(page: Page, name: string, part: Locator): Promise<void> {
  const files: Partial<Record<(typeof SCHEMES)[number], string>> = {}
  const look: string[] = []
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme })
    await expect(page.locator(`html[data-mantine-color-scheme="${scheme}"]`)).toBeAttached()
    await atRest(page)
    look.push(...(await readLook(page, scheme)))
    const file = join(FOLDER, `${name}-${scheme}.png`)
    if (target !== undefined) {
      await expect(page.locator('.c-bar'), 'a picture shows no warning').toHaveCount(0)
      await expect(page.getByRole('button', { name: 'Dismiss' }), 'a picture shows no message').toHaveCount(0)
      await mkdir(FOLDER, { recursive: true })
      await part.screenshot({ path: file })
    }
    files[scheme] = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
  }
  const taken: Taken = {
    words: await readWords(part),
    look,
    files: { light: files.light ?? '', dark: files.dark ?? '' },
  }
  const pictures = JSON.parse(await readFile(RECORD, 'utf8').catch(() => '{}')) as Pictures
  if (target === undefined) {
    expect.soft(taken, `docs/pictures/${name} is stale: run npm run pictures -- --guide`).toEqual(pictures[name])
    return
  }
  const all = Object.entries({ ...pictures, [name]: taken }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  await writeFile(RECORD, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`)
}

async function readLook(page: Page, scheme: string): Promise<readonly string[]> {
  return page.evaluate(
    ([names, mode]) => {
      const style = getComputedStyle(document.documentElement)
      return names.map((name) => `${mode} ${name} ${style.getPropertyValue(name).trim().replaceAll(/\s+/gu, ' ')}`)
    },
    [scheme === 'light' ? [...TOKENS, ...SIZES] : TOKENS, scheme] as const,
  )
}

/** The words of the window in a part: no data of rows, no number, which depend on the day, and no warning of the session. */
async function readWords(part: Locator): Promise<readonly string[]> {
  const words = await part
    .locator('h1, h2, h3, dt, label, th:not([scope="row"]), button, nav a')
    .filter({ visible: true })
    .evaluateAll((elements) =>
      elements
        .filter(
          (each) =>
            each.closest('nav') !== null || each.closest('.c-bar, li, td, [role="gridcell"], tbody, dd') === null,
        )
        .map((each) =>
          (each.textContent ?? '')
            .replaceAll(/[\d.,]+/gu, '')
            .replaceAll(/\s+/gu, ' ')
            .trim(),
        ),
    )
  return [...new Set(words.filter((word) => word !== ''))].toSorted()
}
