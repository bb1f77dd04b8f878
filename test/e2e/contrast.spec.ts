import { contrasts, LEAST_CONTRAST, paleDisabledTexts } from './contrast.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { expectAccessible, go } from './looking.ts'

test(
  'the title and the reason of a failure notice have enough contrast in both colour schemes',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await page.evaluate(() => {
      const refuse = { value: () => Promise.reject(new Error('not allowed')) }
      Object.defineProperties(navigator.clipboard, { write: refuse, writeText: refuse })
      document.execCommand = () => false
    })
    await go(page, '/leavers')
    await page.getByRole('button', { name: /Copy/u }).first().click()
    const notice = page.getByRole('region', { name: 'Messages' }).getByRole('listitem')
    await expect(notice).toBeVisible()
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await expect(page.locator(`html[data-mantine-color-scheme="${scheme}"]`)).toBeAttached()
      await expectAccessible(page, `failure notice, ${scheme}`)
      const texts = await contrasts(notice)
      expect(texts.length).toBeGreaterThanOrEqual(2)
      for (const { text, ratio } of texts) expect(ratio, text).toBeGreaterThanOrEqual(LEAST_CONTRAST)
    }
  },
)

test('forced colours show the focus, selected rows, statuses and charts', WHOLE, async ({ agency }) => {
  const { page } = agency
  await page.emulateMedia({ forcedColors: 'active' })
  await go(page, '/keys')
  const rows = page.getByRole('grid', { name: 'Keys' }).getByRole('row')
  await expect(rows.nth(5)).toBeVisible()
  await page.getByRole('grid', { name: 'Keys' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  const ground = (row: number): Promise<string> =>
    rows
      .nth(row)
      .locator('td')
      .nth(2)
      .evaluate((cell) => getComputedStyle(cell).backgroundColor)
  expect(await ground(2)).not.toBe(await ground(4))
  const focused = page.locator('[role="grid"] td[data-active]')
  await expect(focused).toHaveCSS('outline-style', 'solid')
  const status = rows.nth(4).locator('.c-status').first()
  await expect(status.locator('svg')).toBeVisible()
  await expect(status).toHaveText(/\S/u)
  await go(page, '/usage')
  const chart = page.locator('.c-chart').first()
  await expect(chart).toBeVisible()
  // It is drawn in the colours of the scheme, so its ground must not become the system's.
  await expect(chart).toHaveCSS('forced-color-adjust', 'none')
})

test(
  'the measurement of disabled texts includes colours, backgrounds and the opacity of parent elements',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await expect(page.getByRole('heading', { name: 'Castellan' })).toBeVisible()
    await page.evaluate(() => {
      const add = (text: string, styles: Readonly<Record<string, string>>, around = ''): void => {
        const box = document.createElement('div')
        box.style.setProperty('background', '#fff')
        const group = box.appendChild(document.createElement('div'))
        if (around !== '') group.style.setProperty('opacity', around)
        const button = group.appendChild(document.createElement('button'))
        button.disabled = true
        button.textContent = text
        for (const [name, value] of Object.entries(styles)) button.style.setProperty(name, value)
        document.body.append(box)
      }
      add('grey on white', { color: '#868e96', background: '#ffffff' })
      add('black on white', { color: '#000', background: '#fff' })
      add('black at half', { color: '#000', background: '#fff' }, '0.5')
      add('black on a clear ground', { color: 'rgb(0 0 0 / 90%)', background: 'transparent' })
    })
    expect(await paleDisabledTexts(page)).toEqual(['grey on white: 3.32 : 1', 'black at half: 3.98 : 1'])
  },
)
