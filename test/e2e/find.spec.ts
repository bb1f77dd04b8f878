import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test(
  'Ctrl+F searches the page in Electron, and is left to the browser elsewhere',
  WHOLE,
  async ({ agency: { application, page } }) => {
    const bar = page.getByRole('search', { name: 'Find in page' })
    const field = bar.getByRole('textbox', { name: 'Find in page' })
    const count = bar.getByRole('status')
    if (application === null) {
      await page.keyboard.press('Control+F')
      await expect(bar).toHaveCount(0)
      return
    }
    const marked = (name: string) => page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map(String), name)

    await test.step('matches are counted and marked, ignoring case, and the keys move through them', async () => {
      await go(page, '/help')
      const before = page.getByRole('navigation', { name: 'Help' }).getByRole('link', { name: 'Guide' })
      await before.focus()
      await page.keyboard.press('Control+F')
      await expect(field).toBeFocused()
      await field.fill('stored NOWHERE')
      await expect(count).toHaveText('1 of 1')
      expect(await marked('castellan-found')).toEqual(['stored nowhere'])
      // Another word continues from the shown match.
      await field.fill('review')
      await expect(count).toHaveText(/^[2-9] of \d+$/u)
      await field.fill('')
      await field.fill('review')
      await expect(count).toHaveText(/^1 of \d+$/u)
      const all = Number((await count.innerText()).split(' ').at(-1))
      expect(all).toBeGreaterThan(2)
      expect((await marked('castellan-found')).map((text) => text.toLowerCase())).toEqual(Array(all).fill('review'))
      for (const [key, at] of [
        ['Enter', 2],
        ['F3', 3],
        ['Control+G', 4],
        ['Shift+Enter', 3],
        ['Shift+F3', 2],
        ['Control+Shift+G', 1],
        ['Shift+Enter', all],
        ['Enter', 1],
      ] as const) {
        await page.keyboard.press(key)
        await expect(count).toHaveText(`${at} of ${all}`)
        expect(await marked('castellan-found-here')).toHaveLength(1)
      }
      await lookAt(page, 'find-bar')
      await field.fill('zzz')
      await expect(count).toHaveText('No match')
      await page.keyboard.press('Escape')
      await expect(bar).toHaveCount(0)
      await expect(before).toBeFocused()
      expect(await marked('castellan-found')).toEqual([])
    })

    await test.step('another page is searched for the same words, and a match is scrolled into view', async () => {
      await page.keyboard.press('Control+F')
      await field.fill('castellan')
      await go(page, '/settings?section=about')
      await expect(count).toHaveText(/ of \d/u)
      await field.fill('Diagnostics')
      await expect(page.getByRole('heading', { name: 'Diagnostics' })).toBeInViewport()
      await page.keyboard.press('Escape')
    })

    await test.step('a list offers its own filter, since it draws only the rows in view', async () => {
      await go(page, '/keys')
      await page.getByRole('row').nth(3).waitFor()
      await page.keyboard.press('Control+F')
      await field.fill('prod-service')
      await expect(count).toHaveText(/No match|of \d/u)
      await lookAt(page, 'find-bar-list')
      await bar.getByRole('button', { name: 'Filter list' }).click()
      await expect(page.locator('#content').getByRole('searchbox')).toBeFocused()
      await page.keyboard.press('Control+F')
      await expect(field).toBeFocused()
      await bar.getByRole('button', { name: 'Close find bar' }).click()
      await expect(bar).toHaveCount(0)
    })

    await test.step('a dialog keeps the keyboard to itself', async () => {
      await go(page, '/clients?add=true')
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Control+F')
      await expect(bar).toHaveCount(0)
    })
  },
)
