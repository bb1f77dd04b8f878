import { ask } from './ask.ts'
import { expect, test } from './fixtures.ts'
import { go } from './looking.ts'

test('a jump in a list stays where it was made, although rows around the one before are drawn just then', async ({
  agency,
}) => {
  const { page, profile } = agency
  // So many that neither jump meets rows that were read for the one before.
  const rows = (await ask(profile, 'access', 'list')).length
  expect(rows).toBeGreaterThan(350)
  await go(page, '/projects/access')
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', `${rows + 1}`)

  // What waits for a calm list (100 ms) runs in the turn in which a jump no longer waits for its rows (60 ms).
  await page.evaluate(() => {
    const calm = new Map<number, () => void>()
    const [begin, end] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)]
    const giveUp = async (work: () => void): Promise<void> => {
      work()
      for (let turns = 0; turns < 20; turns += 1) await Promise.resolve()
      for (const each of calm.values()) each()
    }
    Object.assign(window, {
      setTimeout: (work: () => void, ms?: number) => {
        if (ms === 60) return begin(() => void giveUp(work), 0)
        // The second jump has to come before the first is settled, on a machine of any speed.
        const id = begin(work, ms === 100 ? 30_000 : ms)
        if (ms === 100) calm.set(id, work)
        return id
      },
      clearTimeout: (id?: number) => {
        if (id !== undefined) calm.delete(id)
        end(id)
      },
    })
  })
  const jumpTo = (share: number): Promise<void> =>
    grid.evaluate((element, to) => {
      const scroller = element.parentElement
      if (scroller) scroller.scrollTop = to * (scroller.scrollHeight - scroller.clientHeight)
    }, share)
  await jumpTo(0.5)
  await expect(grid.locator(`tr[aria-rowindex="${Math.ceil(rows / 2)}"]:not([aria-busy])`)).toBeVisible()
  await jumpTo(1)
  await expect(grid.locator(`tr[aria-rowindex="${rows + 1}"]:not([aria-busy])`)).toBeVisible()
})
