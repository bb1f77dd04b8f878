import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { startFakeAnthropic } from '../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../providers/fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import { addFirstClient, connect } from './connecting.ts'
import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

const WRONG = 'sk-admin-0123456789abcdefWXYZ'

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

/** Counts the clicks and presses of Enter of a person. */
function countedActions(page: Page) {
  let count = 0
  return {
    click: async (name: string | RegExp): Promise<void> => {
      count += 1
      await page.getByRole('button', { name }).click()
    },
    enter: async (): Promise<void> => {
      count += 1
      await page.keyboard.press('Enter')
    },
    add: (more: number): void => {
      count += more
    },
    get count() {
      return count
    },
  }
}

test('the first register is exported after at most six actions', async ({ product }) => {
  const { page, desktop } = product
  const counted = countedActions(page)
  await counted.click(/Add your first client/u)
  await expect(page.getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Acme Corp')
  await counted.enter()
  await expect(page.getByLabel('Admin key')).toBeFocused()
  await page.keyboard.insertText(ACME_CREDENTIAL)
  await expect(page.getByRole('radio', { name: 'Anthropic' })).toBeChecked()
  await expect(page.getByText('Recognized as an Anthropic Console admin key')).toBeVisible()
  // The fake provider has another address than Anthropic; a person leaves that alone.
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByLabel('Base URL').fill(anthropic.baseUrl)
  await page.getByLabel('Admin key').focus()
  await counted.enter()
  await expect(page.getByText(/Key accepted, organization/u)).toBeVisible()
  await expect(page.getByText(/^\d+ people, \d+ keys, \d+ projects\./u)).toBeVisible({ timeout: 60_000 })
  const path = join(product.folder, 'first.md')
  await desktop.saveTo(path, page.getByRole('button', { name: 'Export register' }))
  // The button, and Save in the dialog of the desktop.
  counted.add(2)
  await expect(page.getByText('Written')).toBeVisible()
  expect(await readFile(path, 'utf8')).toContain('## AI Platform Access Register')
  expect(counted.count).toBeLessThanOrEqual(6)
})

test('a wrong key and a dead server are named in the form, and fixed there', async ({ product }) => {
  const { page } = product
  await addFirstClient(page, 'Acme Corp')
  await connect(page, { provider: 'OpenAI', credential: WRONG, baseUrl: 'http://127.0.0.1:9' })
  await expect(page.getByRole('alert')).toContainText('No connection to OpenAI')
  await page.getByRole('button', { name: 'Edit URL' }).click()
  await expect(page.getByLabel('Base URL')).toBeFocused()
  await page.getByLabel('Base URL').fill(openai.baseUrl)
  const before = openai.requests.length
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('OpenAI rejected the credential (401)')
  expect(openai.requests.length - before).toBe(1)
  await lookAt(page, 'connect-wrong-key')
  await expect(page.getByLabel('Admin key')).toBeFocused()

  await test.step('a key that is stored nevertheless is replaced in two actions', async () => {
    await page.getByRole('button', { name: 'Save anyway' }).click()
    await expect(page.getByRole('alert')).toContainText('rejected')
    await page.getByRole('button', { name: 'Save recovery code' }).click()
    await page.getByRole('button', { name: 'Later' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /Today/u })).toBeVisible()
    await go(page, '/connections')
    const row = page.getByRole('row', { name: /Acme Corp on OpenAI/u })
    await expect(row).toContainText('OpenAI rejected the credential (401)')
    const counted = countedActions(page)
    await counted.click('Replace key: Acme Corp on OpenAI')
    const dialog = page.getByRole('dialog', { name: 'Replace key of Acme Corp on OpenAI' })
    await expect(dialog.getByLabel('Admin key')).toBeFocused()
    await page.keyboard.insertText(NORTHFOLD_CREDENTIAL)
    await counted.enter()
    await expect(dialog.getByText(/^\d+ people, \d+ keys, \d+ projects\./u)).toBeVisible({ timeout: 60_000 })
    expect(counted.count).toBeLessThanOrEqual(2)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(row).not.toContainText('rejected')
  })
})

test('from the first run to a register in a file', async ({ product }) => {
  const { page } = product

  await test.step('first run: a client', async () => {
    await addFirstClient(page, 'Acme Corp', 'client-acme.example')
  })

  await test.step('a project key is refused with the reason; then two organizations are connected and read', async () => {
    await page.getByLabel('Admin key').fill('sk-proj-abcdefghijklmnop')
    await expect(page.getByText('This is an OpenAI project key')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeDisabled()
    await page.getByRole('button', { name: 'Where do I find this key?' }).click()
    await expect(page.getByText('platform.openai.com/settings/organization/admin-keys')).toBeVisible()
    await lookAt(page, 'connect')
    await connect(page, { provider: 'OpenAI', credential: NORTHFOLD_CREDENTIAL, baseUrl: openai.baseUrl })
    await expect(page.getByRole('list', { name: 'First sync' })).toBeVisible()
    const another = page.getByRole('button', { name: 'Add another' })
    await expect(another).toBeVisible({ timeout: 60_000 })
    await lookAt(page, 'connect-result')
    await another.click()
    await connect(page, { provider: 'Anthropic', credential: ACME_CREDENTIAL, baseUrl: anthropic.baseUrl })
    await page.getByRole('button', { name: 'Save recovery code' }).click({ timeout: 60_000 })
  })

  await test.step('the recovery code once, as a kit too', async () => {
    await page.getByRole('button', { name: 'Show recovery code' }).click()
    const code = await page.getByLabel('Recovery code', { exact: true }).textContent()
    expect(code).toMatch(/[0-9A-Z]{5}/u)
    await lookAt(page, 'recovery-code')
    const path = join(product.folder, 'kit.txt')
    await product.desktop.saveTo(path, page.getByRole('button', { name: 'Save as text' }))
    await expect(page.getByText('Written')).toBeVisible()
    const kit = await readFile(path, 'utf8')
    expect(kit).toContain(code ?? '-')
    expect(kit).toContain('register.db')
    await page.getByRole('button', { name: 'I’ve saved it' }).click()
    await expect(page.getByRole('link', { name: 'Connections', exact: true })).toBeVisible()
  })

  await test.step('limit the scope to one client', async () => {
    // The shortcut needs the list of clients.
    await expect(page.getByRole('button', { name: /^Scope: All clients 1 client/u })).toBeVisible()
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
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(panel.getByText(/undone/iu).first()).toBeVisible()
    await panel.getByRole('button', { name: 'Mark rotated' }).first().click()
    await panel.getByRole('button', { name: /^Mark/u }).last().click()
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible()
    await panel.getByRole('button', { name: /^Undo the rotation/u }).click()
    await expect(panel.getByRole('button', { name: /^Undo the rotation/u })).toHaveCount(0)
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
