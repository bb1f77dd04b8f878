import { writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { exampleFile } from '../electron/providers/file/example.ts'
import { startFakeOpenRouter } from '../providers/fake-openrouter.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../providers/fixtures/tarn-openrouter.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { lookAt } from './looking.ts'

test('a platform from a file, and OpenRouter, are connected and read', WHOLE, async ({ product }) => {
  const { page } = product
  const openrouter = await startFakeOpenRouter({ organizations: [tarnOpenRouter()] })
  const path = join(await mkdtemp(join(tmpdir(), 'castellan-file-')), 'azure.json')
  const dialog = page.getByRole('dialog', { name: 'Add connection' })
  const panel = page.getByRole('complementary', { name: /azure/u })

  await test.step('a client', async () => {
    await page.getByRole('button', { name: /Add your first client/u }).click()
    await page.getByLabel('Name').fill('Tarn')
    await page.getByRole('button', { name: 'Add client' }).click()
    const stored = page.getByRole('button', { name: 'I’ve saved it' })
    await page.getByRole('button', { name: /code/iu }).first().click()
    await stored.click()
  })

  await test.step('a wrong file is refused with its place, then accepted', async () => {
    writeFileSync(path, JSON.stringify({ ...exampleFile(), version: 2 }, null, 2))
    await page.getByRole('button', { name: 'Add connection' }).first().click()
    await dialog.getByText('File', { exact: true }).first().click()
    await expect(dialog.getByLabel('Admin key')).toBeHidden()
    await expect(dialog.getByRole('button', { name: 'Add connection' })).toBeDisabled()
    await dialog.getByLabel('File', { exact: false }).last().fill(path)
    await dialog.getByRole('button', { name: 'Add connection' }).click()
    await expect(dialog).toContainText('version (line 3)')
    await lookAt(page, 'add-file-connection')
    writeFileSync(path, JSON.stringify(exampleFile(), null, 2))
    await dialog.getByRole('button', { name: 'Add connection' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('OpenRouter by its management key', async () => {
    await page.getByRole('button', { name: 'Add connection' }).first().click()
    await dialog.getByText('OpenRouter', { exact: true }).click()
    await dialog.getByLabel('Base URL').fill(openrouter.baseUrl)
    await dialog.getByLabel('Admin key').fill(TARN_CREDENTIAL)
    await lookAt(page, 'add-openrouter-connection')
    await dialog.getByRole('button', { name: 'Add connection' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('both are synced, and their keys are there', async () => {
    await page.getByRole('link', { name: 'Connections', exact: true }).click()
    await page.getByRole('button', { name: /^Sync now: azure/u }).click()
    await page.getByRole('button', { name: /^Sync now: OpenRouter/u }).click()
    await expect(page.getByRole('row', { name: /azure/u })).toContainText(/Complete/u, { timeout: 30_000 })
    await expect(page.getByRole('row', { name: /OpenRouter/u })).toContainText(/Complete/u, { timeout: 30_000 })
    await page.getByRole('button', { name: 'azure', exact: true }).click()
    await expect(panel).toContainText('File · azure')
    await expect(panel).toContainText(path)
    await panel.getByRole('button', { name: 'Test file' }).click()
    await expect(panel).toContainText('It can read all 8 sources')
    await lookAt(page, 'file-connection')
    await page.getByRole('link', { name: 'Keys', exact: true }).click()
    await expect(page.getByRole('row', { name: /dev-old/u })).toBeVisible()
    await expect(page.getByRole('row', { name: /prod-batch/u })).toBeVisible()
  })

  await test.step('a base URL over http is refused, and one of another origin removes the credential', async () => {
    await page.getByRole('link', { name: 'Connections', exact: true }).click()
    await page.getByRole('button', { name: 'OpenRouter', exact: true }).click()
    const moved = page.getByRole('complementary', { name: /OpenRouter/u })
    await moved.getByRole('button', { name: 'Edit' }).click()
    await moved.getByLabel('Base URL').fill('http://gateway.example')
    await moved.getByLabel('Label', { exact: true }).focus()
    await expect(moved).toContainText('A base URL begins with https://')
    await expect(moved.getByRole('button', { name: 'Save' })).toBeDisabled()
    await moved.getByLabel('Base URL').fill('https://аpi.openai.com/v1')
    await expect(moved).toContainText('The address is https://xn--pi-6kc.openai.com/v1')
    await expect(moved).toContainText('Saving removes it')
    await lookAt(page, 'move-connection')
    await moved.getByRole('button', { name: 'Save' }).click()
    await expect(moved.getByRole('button', { name: 'Set credential' })).toBeVisible()
    await expect(moved).toContainText('https://xn--pi-6kc.openai.com/v1')
  })
  await openrouter.close()
})
