import type { Locator, Page } from '@playwright/test'

import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import { NEW_SECRET } from '../providers/openai-writes.ts'
import type { FakeOpenAiOrganization } from '../providers/openai-organization.ts'
import type { FakeServer } from '../providers/http.ts'
import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

let organization: FakeOpenAiOrganization
let openai: FakeServer

test.beforeEach(async () => {
  organization = northfoldOpenAi()
  openai = await startFakeOpenAi({ organizations: [organization] })
})
test.afterEach(() => openai.close())

/** A client with one connection to the fake provider, read once. */
async function startWith(page: Page, access: 'Read only' | 'Read and write'): Promise<void> {
  await page.getByRole('button', { name: /Add your first client/u }).click()
  await page.getByLabel('Name').fill('Acme Corp')
  await page.getByLabel('E-mail domains').fill('client-acme.example')
  await page.getByRole('button', { name: 'Add the client' }).click()
  await page.getByRole('button', { name: /code/iu }).first().click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByRole('button', { name: 'Add a connection' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a connection' })
  await dialog.getByText('OpenAI', { exact: true }).click()
  await dialog.getByLabel('Label').fill('Acme on OpenAI')
  await dialog.getByLabel('Base URL').fill(openai.baseUrl)
  await dialog.getByLabel('Admin key').fill(NORTHFOLD_CREDENTIAL)
  await dialog.getByRole('radio', { name: access }).check()
  await dialog.getByRole('button', { name: 'Add the connection' }).click()
  await expect(dialog).toBeHidden()
  await sync(page)
}

/** Reads the connection from wherever one is, by the palette. */
async function sync(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page
    .getByPlaceholder(/search/iu)
    .last()
    .fill('Sync now')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Acme on OpenAI: sync (?:complete|partial)/u).first()).toBeVisible({ timeout: 60_000 })
  await dismissNotices(page)
}

async function dismissNotices(page: Page): Promise<void> {
  for (const notice of await page.getByRole('button', { name: 'Dismiss' }).all()) {
    await notice.click({ timeout: 2_000 }).catch(() => undefined)
  }
}

function writes(): string[] {
  return openai.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)
}

/** The finding of a rule about a subject, opened in its panel. */
async function openFinding(page: Page, rule: string, subject: RegExp): Promise<Locator> {
  await go(page, `/findings?view=all&rule=${rule}`)
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row', { name: subject }).first().click()
  const panel = page.getByRole('complementary')
  await expect(panel.getByRole('heading', { name: 'What can be done' })).toBeVisible()
  return panel
}

async function putOnTheList(page: Page, panel: Locator, says: RegExp): Promise<void> {
  await panel.getByRole('button', { name: says }).click()
  await expect(panel.getByRole('link', { name: /^On the list/u }).first()).toBeVisible()
  await dismissNotices(page)
}

async function previewWhatWaits(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Remedy', exact: true }).click()
  await page.getByRole('button', { name: /^Preview what waits/u }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Preview' })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

test('a key of a service account is rotated: its secret is shown once, and the old key waits to be deleted', async ({
  product,
}) => {
  test.setTimeout(240_000)
  const { page } = product
  await startWith(page, 'Read and write')

  await test.step('the finding offers the rotation; it goes on the list, and comes off it again', async () => {
    const panel = await openFinding(page, 'rotation-overdue', /prod-web/u)
    await lookAt(page, 'remedy-proposals')
    await panel.getByRole('button', { name: /^Put on the list: Rotate the key prod-web/u }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Undone')).toBeVisible()
    await dismissNotices(page)
    await putOnTheList(page, panel, /^Put on the list: Rotate the key prod-web/u)
    expect(writes()).toEqual([])
  })

  await test.step('the preview shows the call; the button waits for the word, letter by letter', async () => {
    await previewWhatWaits(page)
    await expect(page.getByText(`POST ${openai.baseUrl}`)).toContainText('/service_accounts/svc_acct_w1/api_keys')
    const run = page.getByRole('button', { name: 'Run 1 call' })
    const word = page.getByRole('textbox', { name: 'Type prod-web to confirm' })
    await expect(run).toBeDisabled()
    for (const wrong of ['prod-we', 'PROD-WEB', 'prod-web ']) {
      await word.fill(wrong)
      await expect(run, wrong).toBeDisabled()
    }
    await word.fill('prod-web')
    await lookAt(page, 'remedy-preview')
    await run.click()
    await expect(page.getByRole('heading', { level: 1, name: 'What came of it' })).toBeVisible()
    expect(writes()).toEqual(['POST /v1/organization/projects/proj_acme/service_accounts/svc_acct_w1/api_keys'])
  })

  await test.step('the secret is shown once, and is nowhere else', async () => {
    await expect(page.getByText('To be deployed')).toBeVisible()
    await lookAt(page, 'remedy-deploying')
    expect(await page.content()).not.toContain(NEW_SECRET)
    await page.getByRole('button', { name: 'Show the secret of the new key for prod-web' }).click()
    const dialog = page.getByRole('dialog', { name: 'The new key’s secret' })
    await dialog.getByRole('button', { name: 'Show the secret once' }).click()
    await expect(dialog.getByLabel('Secret of the new key')).toHaveText(NEW_SECRET)
    await lookAt(page, 'remedy-secret')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
    await dialog.getByRole('button', { name: 'I have stored it' }).click()
    await expect(dialog).toBeHidden()
    expect(await page.content()).not.toContain(NEW_SECRET)
    expect(page.url()).not.toContain(NEW_SECRET)
    await expect(page.getByRole('button', { name: /^Show the secret/u })).toHaveCount(0)
  })

  await test.step('once it is in place, deleting the old key waits for a preview of its own', async () => {
    await page.getByRole('button', { name: 'It is deployed: the new key for prod-web' }).click()
    const dialog = page.getByRole('dialog', { name: 'The new key is in place' })
    await lookAt(page, 'remedy-deployed')
    await dialog.getByRole('button', { name: 'It is deployed' }).click()
    await expect(dialog).toBeHidden()
    await page.getByRole('button', { name: 'Back to the list' }).click()
    const list = page.getByRole('grid', { name: 'Remedies' })
    await expect(list.getByRole('row', { name: /Waiting.*Delete the key prod-web/u })).toBeVisible()
    await expect(list.getByRole('row', { name: /Done.*Rotate the key prod-web/u })).toBeVisible()
    await lookAt(page, 'remedy-list')
    expect(writes()).toHaveLength(1)
  })
})

test('nothing is sent while the connection is read-only, nor by a preview that is out of date', async ({ product }) => {
  test.setTimeout(240_000)
  const { page } = product
  await startWith(page, 'Read only')
  const panel = await openFinding(page, 'invite-expired', /old@client-acme.example/u)
  await putOnTheList(page, panel, /^Put on the list: Delete the invite/u)

  await test.step('the preview says what stands in the way, and leads there', async () => {
    await previewWhatWaits(page)
    await expect(page.getByText('Acme on OpenAI is read-only.')).toBeVisible()
    await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveCount(0)
    await lookAt(page, 'remedy-obstacle')
    await page.getByRole('link', { name: 'Open the connection' }).click()
    const connection = page.getByRole('complementary', { name: 'Acme on OpenAI' })
    await connection.getByRole('button', { name: 'Edit' }).click()
    await connection.getByRole('radio', { name: 'Read and write' }).check()
    await connection.getByRole('button', { name: 'Save' }).click()
    await dismissNotices(page)
  })

  await test.step('a preview that something changed under is refused, and made again', async () => {
    await previewWhatWaits(page)
    const invite = organization.invites.find((each) => (each as { id: string }).id === 'invite-02')
    Object.assign(invite as object, { role: 'reader' })
    await sync(page)
    await page.getByRole('textbox', { name: /to confirm$/u }).fill('old@client-acme.example')
    await page.getByRole('button', { name: 'Run 1 call' }).click()
    await expect(page.getByText(/^Changed since the preview/u)).toBeVisible()
    await lookAt(page, 'remedy-stale')
    expect(writes()).toEqual([])
    await page.getByRole('region', { name: 'Run' }).getByRole('button', { name: 'Preview again' }).click()
    await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveValue('')
    await expect(page.getByText(/^Changed since the preview/u)).toBeHidden()
    await page.getByRole('textbox', { name: /to confirm$/u }).fill('old@client-acme.example')
    await page.getByRole('button', { name: 'Run 1 call' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'What came of it' })).toBeVisible()
    expect(writes()).toEqual(['DELETE /v1/organization/invites/invite-02'])
  })

  await test.step('once read again, the list says that it is done', async () => {
    await expect(page.getByText('Seen done')).toBeVisible({ timeout: 60_000 })
    await lookAt(page, 'remedy-done')
  })
})
