import type { Page } from '@playwright/test'

import { expect, test } from './fixtures.ts'
import { expectAccessible, go, lookAt } from './looking.ts'

/** Clients, people and keys of the sample agency. */
const NAMES = /northfold|heliotide|alice|Analytics-/iu

const locked = (page: Page) => page.getByRole('heading', { level: 1, name: 'Castellan is locked' })

/** Locks by keyboard, and waits until another page is shown. */
async function lockByKey(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { former: true }))
  await page.keyboard.press('Control+Shift+l')
  await page.waitForFunction(() => !('former' in window))
  await expect(locked(page)).toBeVisible()
}

async function choose(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Unlock' })
  await expect(field).toBeFocused()
  await field.fill(typed)
  await expect(page.getByRole('option', { selected: true })).toHaveCount(1)
  await page.keyboard.press('Enter')
}

test('a locked window shows no data of the register, and unlocks by the key of this machine or the recovery code', async ({
  agency,
}) => {
  const { page } = agency
  await page.setViewportSize({ width: 1440, height: 900 })
  let code = ''
  const hasKeychain = (await page.getByText('No keychain').count()) === 0

  await test.step('a copied recovery code is cleared from the clipboard on lock', async () => {
    await go(page, '/settings?section=recovery')
    await page.getByRole('button', { name: 'Show recovery code' }).click()
    const dialog = page.getByRole('dialog', { name: 'Recovery code' })
    await dialog.getByRole('button', { name: 'Show recovery code' }).click()
    code = await dialog.getByLabel('Recovery code', { exact: true }).innerText()
    await dialog.getByRole('button', { name: 'Copy code' }).click()
    await expect(dialog.getByText('Copied. The clipboard is cleared in 30 seconds.')).toBeVisible()
    await lookAt(page, 'lock-copied')
    // The window itself cannot read it.
    expect(await page.evaluate(() => navigator.clipboard.readText().catch(() => null))).toBeNull()
    await lockByKey(page)
    expect(await agency.desktop.clipboard()).toBe('')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(page.getByRole('link', { name: 'Recovery and integrity' })).toBeVisible()
  })

  await test.step('a locked list leaves no name in the document, the title, the address or the history', async () => {
    await go(page, '/keys?client=northfold')
    await expect(page.getByRole('row').nth(8)).toBeVisible()
    expect(await page.title()).toContain('Northfold')
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toMatch(NAMES)
    await lockByKey(page)
    const left = await page.evaluate(() => ({
      html: document.documentElement.outerHTML,
      title: document.title,
      address: location.href,
      stored: JSON.stringify([localStorage, sessionStorage]),
      back: history.length,
    }))
    expect(`${left.html} ${left.title} ${left.address} ${left.stored}`).not.toMatch(NAMES)
    expect(await page.title()).toBe('Castellan')
    expect(new URL(left.address).pathname + new URL(left.address).search).toBe('/')
    expect(left.back).toBe(1)
    await expect(page.getByRole('button', { name: 'Unlock' })).toBeFocused()
    await expect(
      page.getByText(hasKeychain ? /keychain unlocks it/u : /anyone at this machine can unlock it/u),
    ).toBeVisible()
    await lookAt(page, 'locked')
  })

  await test.step('Enter unlocks by the key of this machine, and the window returns to its page', async () => {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row').nth(8)).toBeVisible()
    await expect(page).toHaveURL(/\/keys\?client=northfold$/u)
    await expect(page).toHaveTitle(/Northfold/u)
  })

  await test.step('the palette of a locked window has two entries, and unlocks by the key of this machine', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('lock castellan')
    await page.getByRole('option', { name: /Lock Castellan/u }).click()
    await expect(locked(page)).toBeVisible()
    await page.keyboard.press('Control+k')
    const byKey = hasKeychain ? /Unlock with the keychain/u : /Unlock with the key file/u
    await expect(page.getByRole('option')).toHaveText([byKey, /Unlock with the recovery code/u])
    await lookAt(page, 'locked-palette')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('combobox')).toBeHidden()
    await choose(page, 'unlock with the key')
    await expect(page.getByRole('row').nth(8)).toBeVisible()
  })

  await test.step('a wrong recovery code is refused with the reason, and the right one unlocks', async () => {
    await lockByKey(page)
    await choose(page, 'recovery')
    const field = page.getByLabel('Recovery code')
    await expect(field).toBeFocused()
    await field.fill('C1000-00000')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toBeVisible()
    await expectAccessible(page, 'a wrong recovery code')
    await lookAt(page, 'locked-code')
    await field.fill(code)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row').nth(8)).toBeVisible()
  })

  await test.step('the settings show the idle time before the lock', async () => {
    await go(page, '/settings')
    await expect(page.getByRole('combobox', { name: 'Lock after' })).toHaveValue('15 minutes')
    await page.getByRole('combobox', { name: 'Lock after' }).click()
    await page.getByRole('option', { name: '5 minutes', exact: true }).click()
    await lookAt(page, 'lock-settings')
    await page.reload()
    await expect(page.getByRole('combobox', { name: 'Lock after' })).toHaveValue('5 minutes')
  })
})
