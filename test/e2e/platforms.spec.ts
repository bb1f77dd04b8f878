import { writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { exampleFile } from '../electron/providers/file/example.ts'
import { startFakeGitHub } from '../providers/fake-github.ts'
import { startFakeLiteLlm } from '../providers/fake-litellm.ts'
import { startFakeOpenRouter } from '../providers/fake-openrouter.ts'
import { FJORD_TOKEN, fjordGitHub } from '../providers/fixtures/fjord-github.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../providers/fixtures/quay-litellm.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../providers/fixtures/tarn-openrouter.ts'
import { startWithoutConnection } from './connecting.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { lookAt } from './looking.ts'

test('a platform from a file, and OpenRouter, are connected and read', WHOLE, async ({ product }) => {
  const { page } = product
  const openrouter = await startFakeOpenRouter({ organizations: [tarnOpenRouter()] })
  const github = await startFakeGitHub({ organizations: [fjordGitHub()], variant: 'documented' })
  const litellm = await startFakeLiteLlm(quayLiteLlm())
  const path = join(await mkdtemp(join(tmpdir(), 'castellan-file-')), 'azure.json')
  const dialog = page.getByRole('dialog', { name: 'Add connection' })
  const panel = page.getByRole('complementary', { name: /azure/u })

  await test.step('a client', async () => {
    await startWithoutConnection(page, 'Tarn')
    await page.getByRole('link', { name: 'Connections', exact: true }).click()
  })

  await test.step('a wrong file is refused with its place, then accepted and read', async () => {
    writeFileSync(path, JSON.stringify({ ...exampleFile(), version: 2 }, null, 2))
    await page.getByRole('button', { name: 'Add connection' }).first().click()
    await dialog.getByRole('radio', { name: /^File/u }).click()
    await expect(dialog.getByLabel('Admin key')).toBeHidden()
    const submit = dialog.getByRole('button', { name: 'Connect', exact: true })
    await expect(submit).toBeDisabled()
    await dialog.getByLabel('File', { exact: false }).last().fill(path)
    await submit.click()
    await expect(dialog).toContainText('version (line 3)')
    await lookAt(page, 'add-file-connection')
    writeFileSync(path, JSON.stringify(exampleFile(), null, 2))
    await submit.click()
    await expect(dialog.getByRole('button', { name: 'Open Today' })).toBeVisible({ timeout: 30_000 })
  })

  await test.step('OpenRouter is recognized by its key, connected and read', async () => {
    await dialog.getByRole('button', { name: 'Add another' }).click()
    await dialog.getByLabel('Admin key').fill(TARN_CREDENTIAL)
    await expect(dialog.getByRole('radio', { name: 'OpenRouter' })).toBeChecked()
    await dialog.getByRole('button', { name: 'Advanced' }).click()
    await dialog.getByLabel('Base URL').fill(openrouter.baseUrl)
    await lookAt(page, 'add-openrouter-connection')
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog.getByRole('button', { name: 'Open Today' })).toBeVisible({ timeout: 30_000 })
  })

  await test.step('seats of GitHub Copilot are recognized by the token, connected and read', async () => {
    await dialog.getByRole('button', { name: 'Add another' }).click()
    await dialog.getByRole('textbox', { name: /key/u }).first().fill(FJORD_TOKEN)
    await expect(dialog.getByRole('radio', { name: 'GitHub Copilot' })).toBeChecked()
    await dialog.getByRole('button', { name: 'Advanced' }).click()
    await dialog.getByLabel('Base URL').fill(github.baseUrl)
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog.getByRole('button', { name: 'Open Today' })).toBeVisible({ timeout: 30_000 })
    await expect(dialog).toContainText('5 people')
  })

  await test.step('a proxy of LiteLLM asks for its address first, and Advanced opens and closes', async () => {
    await dialog.getByRole('button', { name: 'Add another' }).click()
    await dialog.getByRole('radio', { name: 'LiteLLM' }).click()
    const advanced = dialog.getByRole('button', { name: 'Advanced' })
    await expect(advanced).toHaveAttribute('aria-expanded', 'false')
    await expect(dialog.getByLabel('Label')).toBeHidden()
    await advanced.click()
    await expect(dialog.getByLabel('Label')).toBeVisible()
    await advanced.click()
    await expect(dialog.getByLabel('Label')).toBeHidden()
    await dialog.getByLabel('Base URL').fill(litellm.baseUrl)
    await dialog.getByLabel('Master key').fill(QUAY_MASTER_KEY)
    await lookAt(page, 'add-litellm-connection')
    // The address belongs to the proxy: the key of another provider is not sent there.
    await dialog.getByRole('radio', { name: 'OpenAI', exact: true }).click()
    await expect(dialog.getByText('It is sent to https://api.openai.com alone.')).toBeVisible()
    await dialog.getByRole('radio', { name: 'LiteLLM' }).click()
    await expect(dialog.getByLabel('Base URL')).toHaveValue(litellm.baseUrl)
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog.getByRole('button', { name: 'Open Today' })).toBeVisible({ timeout: 30_000 })
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  await test.step('both are complete, and their keys are there', async () => {
    await expect(page.getByRole('row', { name: /azure/u })).toContainText(/Complete/u, { timeout: 30_000 })
    await expect(page.getByRole('row', { name: /OpenRouter/u })).toContainText(/Complete/u, { timeout: 30_000 })
    await page.getByRole('button', { name: 'Tarn on azure', exact: true }).click()
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
    await page.getByRole('button', { name: 'Tarn on OpenRouter', exact: true }).click()
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
  await Promise.all([openrouter.close(), github.close(), litellm.close()])
})
