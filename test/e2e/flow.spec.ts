import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { startFakeAnthropic } from '../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../providers/fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import { expect, test } from './fixtures.ts'

let openai: FakeServer
let anthropic: FakeServer

test.beforeAll(async () => {
  // Slow enough for progress to be visible.
  openai = await startFakeOpenAi({ organizations: [northfoldOpenAi()], latencyMs: 60 })
  anthropic = await startFakeAnthropic({ organizations: [acmeAnthropic()], latencyMs: 60 })
})
test.afterAll(async () => {
  await openai.close()
  await anthropic.close()
})

interface NewConnection {
  readonly provider: string
  readonly label: string
  readonly credential: string
  readonly baseUrl: string
}

async function addConnection(page: Page, connection: NewConnection): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Add connection' })
  await dialog.getByText(connection.provider, { exact: true }).click()
  await dialog.getByLabel('Label').fill(connection.label)
  await dialog.getByLabel('Base URL').fill(connection.baseUrl)
  await dialog.getByLabel('Admin key').fill(connection.credential)
  await dialog.getByRole('button', { name: 'Add connection' }).click()
  await expect(dialog).toBeHidden()
}

test('from the first run to a register in a file', async ({ product }) => {
  const { page } = product

  await test.step('first run: a client, and the recovery code once', async () => {
    await page.getByRole('button', { name: /Add your first client/u }).click()
    await page.getByLabel('Name').fill('Acme Corp')
    await page.getByLabel('E-mail domains').fill('client-acme.example')
    await page.getByRole('button', { name: 'Add client' }).click()
    await page.getByRole('button', { name: /code/iu }).first().click()
    await expect(page.getByLabel('Recovery code', { exact: true })).toContainText(/[0-9A-Z]{5}/u)
    await page.getByRole('button', { name: 'I’ve saved it' }).click()
  })

  await test.step('two connections; a project key is refused with the reason', async () => {
    await page.getByRole('button', { name: 'Add connection' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add connection' })
    await dialog.getByLabel('Admin key').fill('sk-proj-abcdefghijklmnop')
    await expect(dialog).toContainText('OpenAI project key')
    await expect(dialog.getByRole('button', { name: 'Add connection' })).toBeDisabled()
    await addConnection(page, {
      provider: 'OpenAI',
      label: 'Acme on OpenAI',
      credential: NORTHFOLD_CREDENTIAL,
      baseUrl: openai.baseUrl,
    })
    await page.getByRole('button', { name: 'Add connection' }).first().click()
    await addConnection(page, {
      provider: 'Anthropic',
      label: 'Acme on Anthropic',
      credential: ACME_CREDENTIAL,
      baseUrl: anthropic.baseUrl,
    })
    await expect(page.getByText('Acme on Anthropic').first()).toBeVisible()
  })

  await test.step('sync with progress', async () => {
    await page.getByRole('button', { name: /^Sync/u }).first().click()
    await expect(page.getByText(/Reading|Syncing/u).first()).toBeVisible()
    await expect(page.getByText(/Complete|Partial/u).first()).toBeVisible({ timeout: 60_000 })
  })

  await test.step('limit the scope to one client', async () => {
    await page.keyboard.press('Control+1')
    await expect(page).toHaveURL(/client=acme-corp/u)
    await expect(page).toHaveTitle(/Acme Corp/u)
  })

  await test.step('find a person by part of the e-mail and open the panel', async () => {
    await page.keyboard.press('Control+k')
    await page
      .getByPlaceholder(/search/iu)
      .last()
      .fill('tomas@cl')
    await page
      .getByRole('button', { name: /Tomas Okafor/u })
      .or(page.getByRole('option', { name: /Tomas Okafor/u }))
      .first()
      .click()
    const panel = page.getByRole('complementary', { name: /Tomas Okafor/u })
    await expect(panel).toContainText('tomas@client-acme.example')
    await expect(panel).toContainText('Acme chatbot')
  })

  await test.step('mark a key rotated, undo, mark again', async () => {
    await page.getByRole('link', { name: 'Keys', exact: true }).click()
    await page
      .getByRole('row', { name: /prod-web/u })
      .first()
      .click()
    const panel = page.getByRole('complementary', { name: /prod-web/u })
    await panel.getByRole('button', { name: 'Mark rotated' }).first().click()
    await panel.getByRole('button', { name: /^Mark/u }).last().click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(panel.getByText(/undone/iu).first()).toBeVisible()
    await panel.getByRole('button', { name: 'Mark rotated' }).first().click()
    await panel.getByRole('button', { name: /^Mark/u }).last().click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  })

  await test.step('export the register and read the file', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('link', { name: 'Import & export', exact: true }).click()
    const path = join(product.folder, 'acme.md')
    await product.desktop.saveTo(path)
    await expect(page.getByText('Written')).toBeVisible()
    const register = await readFile(path, 'utf8')
    expect(register).toContain('## AI Platform Access Register')
    expect(register).toContain('### OpenAI (')
    expect(register).toContain('| Person | Role | Projects | Last Review |')
    expect(register).toMatch(/\| Mara Lindqvist[^|]* \| Owner \| All \|/u)
    expect(register).toContain('### Service Accounts')
    expect(register).toContain('### Population')
    expect(register).not.toContain(NORTHFOLD_CREDENTIAL)
  })

  await test.step('all data is there after a restart', async () => {
    const again = await product.reopen()
    await expect(again.getByText('Acme Corp').filter({ visible: true }).first()).toBeVisible()
  })
})
