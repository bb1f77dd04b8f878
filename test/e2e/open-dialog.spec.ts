import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test, WHOLE } from './fixtures.ts'
import { expectAccessible, go } from './looking.ts'

test('a path is chosen in the system’s dialog, and a folder typed in a browser', WHOLE, async ({ agency }) => {
  const { application, folder, page } = agency
  await go(page, '/usage/reconciliation?client=northfold')
  await page.getByRole('button', { name: 'Watch folder' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Watch folder' })
  const field = dialog.getByLabel('Path of the folder')
  await expect(field).toBeFocused()
  const choose = dialog.getByRole('button', { name: 'Choose folder…' })
  if (application === null) {
    await expect(choose).toHaveCount(0)
    const zip = join(folder, 'pack.zip')
    await writeFile(zip, 'This is not a pack.')
    await go(page, '/settings?section=recovery')
    const asked = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose file…' }).click()
    await (await asked).setFiles(zip)
    await expect(page.getByLabel('Folder or zip of a pack')).toHaveValue(zip)
    return
  }
  const answer = (paths: string[]) =>
    application.evaluate(({ dialog: desktop }, filePaths) => {
      const asked: unknown[] = []
      Object.assign(globalThis, { asked })
      desktop.showOpenDialog = (...values: unknown[]) => {
        asked.push(values.at(-1))
        return Promise.resolve({ canceled: filePaths.length === 0, filePaths })
      }
    }, paths)
  const asked = () => application.evaluate(() => (globalThis as unknown as { readonly asked: unknown[] }).asked)

  await test.step('a cancelled dialog keeps the typed path', async () => {
    await field.fill('/typed')
    await answer([])
    await choose.click()
    await expect.poll(asked).toEqual([{ title: 'Choose folder to watch', properties: ['openDirectory'], filters: [] }])
    await expect(field).toBeFocused()
    await expect(field).toHaveValue('/typed')
  })

  await test.step('the chosen folder is watched', async () => {
    const records = join(folder, 'records')
    await mkdir(records)
    await answer([records])
    await choose.click()
    await expect(field).toHaveValue(records)
    await expectAccessible(page, 'the dialog of a watched folder')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('row', { name: /records/u })).toBeVisible()
  })

  await test.step('a file of a kind is offered with its extension first', async () => {
    const zip = join(folder, 'pack.zip')
    await writeFile(zip, 'This is not a pack.')
    await go(page, '/settings?section=recovery')
    await answer([zip])
    await page.getByRole('button', { name: 'Choose file…' }).click()
    await expect(page.getByLabel('Folder or zip of a pack')).toHaveValue(zip)
    expect(await asked()).toEqual([
      {
        title: 'Choose pack zip',
        properties: ['openFile'],
        filters: [
          { name: 'ZIP', extensions: ['zip'] },
          { name: 'All files', extensions: ['*'] },
        ],
      },
    ])
  })
})
