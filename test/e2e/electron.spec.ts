import { expect, test, WHOLE } from './fixtures.ts'
import { go } from './looking.ts'

test('the window of the desktop application shows pages of its own scheme, without Node', async ({ product }) => {
  await expect(product.page).toHaveTitle(/Castellan/u)
  expect(await product.page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined')
  const addresses = await product.application?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  )
  expect(addresses).toEqual(['app://register/'])
})

test('quitting with an unsaved plan asks first, and can be cancelled', WHOLE, async ({ agency }) => {
  const { page, application } = agency
  if (application === null) throw new Error('This test needs the desktop application.')
  await go(page, '/plans')
  await page.getByRole('button', { name: 'New plan' }).click()
  const dialog = page.getByRole('dialog', { name: 'New plan' })
  await dialog.getByLabel('Title').fill('Next year')
  if (await dialog.getByRole('combobox', { name: 'Client' }).isVisible()) {
    await dialog.getByRole('combobox', { name: 'Client' }).click()
    await page.getByRole('option').first().click()
  }
  await dialog.getByRole('button', { name: 'Create plan' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Next year' })).toBeVisible()
  await page.getByRole('button', { name: 'Add team' }).click()
  const quit = (pressed: number): Promise<unknown> =>
    application.evaluate(({ app, dialog: desktop }, button) => {
      const asked: string[] = []
      desktop.showMessageBoxSync = (...values) => {
        asked.push((values.at(-1) as { message: string }).message)
        return button
      }
      Object.assign(globalThis, { asked })
      setTimeout(() => app.quit(), 20)
    }, pressed)
  const asked = () => application.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)

  await quit(0)
  await expect.poll(asked).toEqual(['Leave without saving?'])
  await expect(page.getByRole('heading', { level: 1, name: 'Next year' })).toBeVisible()
  await quit(1)
  await expect.poll(() => page.isClosed()).toBe(true)
})
