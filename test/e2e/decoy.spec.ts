import { ask } from './ask.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test('a key is marked as a decoy by keyboard, found by the filter, and unmarked', WHOLE, async ({ agency }) => {
  const { page, profile } = agency
  const listDecoys = async (): Promise<readonly string[]> =>
    (await ask<{ name: string }>(profile, 'key', 'list', '--flag', 'decoy')).map(({ name }) => name)
  await go(page, '/keys?q=carl+test')
  await page.getByRole('row', { name: /carl test/u }).click()
  const panel = page.getByRole('complementary')
  await panel.getByRole('button', { name: 'Mark as decoy' }).press('Enter')
  await expect(panel.getByLabel('Reason')).toBeFocused()
  await lookAt(page, 'key-decoy-form')
  await page.keyboard.type('In the wiki page of the old server')
  await page.keyboard.press('Enter')
  await expect(panel.getByText(/In the wiki page of the old server/u)).toBeVisible()
  expect(await listDecoys()).toEqual(['carl test'])
  await panel.getByRole('button', { name: 'Edit decoy' }).press('Enter')
  await lookAt(page, 'key-decoy')
  await panel.getByRole('button', { name: 'Remove mark' }).press('Enter')
  await expect(panel.getByRole('button', { name: 'Mark as decoy' })).toBeVisible()
  expect(await listDecoys()).toEqual([])
})
