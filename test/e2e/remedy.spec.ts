import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

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
  const entry = /Sync now.*Read every connection/u
  await page
    .getByRole('button', { name: entry })
    .or(page.getByRole('option', { name: entry }))
    .first()
    .click()
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

test('what no API does is handed over; a run stops at the first surprise and says where and why', async ({
  product,
}) => {
  test.setTimeout(240_000)
  const { page } = product
  await startWith(page, 'Read and write')

  await test.step('the steps of the console are there to be copied, and somebody says that they were taken', async () => {
    const panel = await openFinding(page, 'rotation-overdue', /legacy/u)
    await putOnTheList(page, panel, /^Put on the list: Rotate the key legacy/u)
    await panel.getByRole('link', { name: /^On the list: Rotate/u }).click()
    const remedy = page.getByRole('complementary')
    await expect(remedy.getByText('By hand', { exact: true })).toBeVisible()
    await remedy.getByRole('button', { name: 'Show the steps' }).click()
    const card = page.getByRole('article', { name: /^Rotate the key legacy/u })
    await expect(card.getByRole('button', { name: 'Copy the steps' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveCount(0)
    await lookAt(page, 'remedy-by-hand')
    await card.getByRole('button', { name: 'It is done' }).click()
    await expect(page.getByText(/^Noted as done under your name/u)).toBeVisible()
    expect(writes()).toEqual([])
    await dismissNotices(page)
  })

  const invite = await openFinding(page, 'invite-expired', /old@client-acme.example/u)
  await putOnTheList(page, invite, /^Put on the list: Delete the invite/u)
  const unused = await openFinding(page, 'key-unused-remove', /legacy/u)
  await putOnTheList(page, unused, /^Put on the list: Delete the key legacy/u)

  await test.step('the first call is refused; the second is not sent and waits', async () => {
    await previewWhatWaits(page)
    for (const { row } of organization.projects) if (row.id === 'proj_acme') row['status'] = 'archived'
    await page.getByRole('textbox', { name: 'Type REMOVE 2 to confirm' }).fill('REMOVE 2')
    await page.getByRole('button', { name: 'Run 2 calls' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'It stopped' })).toContainText('1 after it was not sent')
    await expect(page.getByRole('listitem').filter({ hasText: 'Delete the key legacy' })).toContainText('Failed')
    await expect(page.getByRole('listitem').filter({ hasText: 'Delete the invite' })).toContainText('Waiting')
    expect(writes()).toEqual(['DELETE /v1/organization/projects/proj_acme/api_keys/key_p3'])
    await lookAt(page, 'remedy-stopped')
  })

  await test.step('what is left is previewed by itself, and can be left', async () => {
    await page.getByRole('button', { name: 'Preview what is left (1)' }).click()
    await expect(page.getByRole('textbox', { name: 'Type old@client-acme.example to confirm' })).toBeVisible()
    await page.getByRole('button', { name: 'Back to the list' }).click()
    const rows = page.getByRole('grid', { name: 'Remedies' }).getByRole('row')
    // They stand in the order of before the run until the list was read again.
    await expect(rows.nth(2)).toContainText('Failed')
    await rows.filter({ hasText: 'Delete the invite' }).click()
    await page.getByRole('complementary').getByRole('button', { name: 'Withdraw' }).click()
    await expect(page.getByRole('complementary').getByText('Withdrawn', { exact: true })).toBeVisible()
    await dismissNotices(page)
  })
})

/** A personnel file that says of Tomas Okafor, who holds an account, a project and a key, that he has gone. */
const HR = `Work e-mail,Full name,Employment status
tomas@client-acme.example,Tomas Okafor,Terminated
mara@northfold.agency,Mara Lindqvist,Active
`

test('a leaver: told by a personnel file, found, looked at, removed at the provider, and closed with the hours it took', async ({
  product,
}) => {
  test.setTimeout(300_000)
  const { page, folder } = product
  await page.setViewportSize({ width: 1440, height: 900 })
  // A key in his name that does not end by itself.
  for (const key of organization.projects.flatMap(({ keys }) => keys) as { id: string; expires_at: unknown }[]) {
    if (key.id === 'key_p2') key.expires_at = null
  }
  await startWith(page, 'Read and write')

  await test.step('a personnel file says that he has gone', async () => {
    const path = join(folder, 'hr.csv')
    await writeFile(path, HR)
    await go(page, '/files?view=personnel')
    await page.locator('input[type=file]').setInputFiles(path)
    await expect(page.getByText('1 person of the file has gone and still holds access.')).toBeVisible()
    await page.getByRole('button', { name: /^Import/u }).click()
    await expect(page.getByText('Imported', { exact: true })).toBeVisible()
    await dismissNotices(page)
  })

  await test.step('the review of departed people decides that everything goes', async () => {
    await go(page, '/reviews?start=departed&of=acme-corp')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Open the review' }).click()
    await expect(page.getByRole('grid', { name: 'Items of the review' })).toBeVisible()
    await page.keyboard.press('n')
    const progress = page.getByRole('region', { name: 'Progress' })
    for (;;) {
      const [, decided, all] = /(\d+) of (\d+) decided/u.exec(await progress.innerText()) ?? []
      if (decided === all) break
      await page.keyboard.press('r')
      await expect(progress).toContainText(`${Number(decided) + 1} of ${all} decided`)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Sign…' }).click()
    await dialog.getByLabel('Signed as').fill('Robin Reviewer')
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
    await expect(page.getByText('Signed', { exact: true })).toBeVisible()
    await dismissNotices(page)
  })
  const review = new URL(page.url()).searchParams.get('review') ?? ''

  await test.step('the finding says so, and what can be done; its account and its key go on the list', async () => {
    const panel = await openFinding(page, 'leaver-with-access', /tomas@client-acme.example|Tomas Okafor/u)
    await lookAt(page, 'leaver-finding')
    await panel.getByRole('button', { name: /^Put on the list: Remove .* from the organization/u }).focus()
    await page.keyboard.press('Enter')
    await expect(panel.getByRole('link', { name: /^On the list: Remove/u })).toBeFocused()
    await panel.getByRole('button', { name: /^Put on the list: Delete the key tomas laptop/u }).click()
    await expect(panel.getByRole('link', { name: /^On the list: Delete the key/u })).toBeVisible()
    await dismissNotices(page)
    expect(writes()).toEqual([])
  })

  await test.step('the overview says that remedies wait, and leads to them', async () => {
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await page.getByRole('link', { name: /2 remedies waiting/u }).click()
    await expect(page).toHaveURL(/state=waiting/u)
    const list = page.getByRole('grid', { name: 'Remedies' })
    await expect(list.getByRole('row', { name: /Waiting/u })).toHaveCount(2)
    await list.getByRole('row', { name: /Remove/u }).click()
    await lookAt(page, 'leaver-remedy')
    await page.keyboard.press('Escape')
  })

  await test.step('both are selected by keys and previewed: the calls, and what they bring about', async () => {
    await page.getByRole('grid', { name: 'Remedies' }).focus()
    await page.keyboard.press('Control+a')
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Preview', exact: true }).click()
    await expect(page).toHaveURL(/preview=/u)
    await expect(page.getByText(`DELETE ${openai.baseUrl}/organization/users/user-b2`)).toBeVisible()
    await expect(
      page.getByText(`DELETE ${openai.baseUrl}/organization/projects/proj_acme/api_keys/key_p2`),
    ).toBeVisible()
    const removal = page.getByRole('article', { name: /^Remove/u })
    await expect(removal.getByRole('heading', { name: 'What it brings about' })).toBeVisible()
    await removal.getByText('one by one').click()
    await expect(removal.getByText('tomas laptop')).toBeVisible()
    await lookAt(page, 'leaver-preview')
    await removal.getByRole('link', { name: 'Blast radius' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /^Blast radius of the account/u })).toBeVisible()
    await expect(page.getByRole('row', { name: /tomas laptop/u })).toBeVisible()
    await lookAt(page, 'leaver-blast')
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Preview' })).toBeVisible()
  })

  await test.step('typed, run, and read again', async () => {
    const run = page.getByRole('button', { name: 'Run 2 calls' })
    await expect(run).toBeDisabled()
    await page.getByRole('textbox', { name: 'Type REMOVE 2 to confirm' }).fill('REMOVE 2')
    await run.click()
    await expect(page.getByRole('heading', { level: 1, name: 'What came of it' })).toBeVisible()
    expect(writes().toSorted()).toEqual([
      'DELETE /v1/organization/projects/proj_acme/api_keys/key_p2',
      'DELETE /v1/organization/users/user-b2',
    ])
    await expect(page.getByText('Seen done')).toHaveCount(2, { timeout: 60_000 })
    await lookAt(page, 'leaver-done')
  })

  await test.step('the finding is resolved by that sync', async () => {
    await go(page, '/findings?view=all&rule=leaver-with-access')
    await expect(page.getByText('No findings match the filters')).toBeVisible()
    await go(page, '/findings?view=all&rule=leaver-with-access&state=resolved')
    await page.getByRole('grid', { name: 'Findings' }).getByRole('row', { name: /tomas/iu }).first().click()
    await expect(page.getByRole('complementary').getByText('Resolved', { exact: true }).first()).toBeVisible()
    await lookAt(page, 'leaver-resolved')
  })

  await test.step('the leaver holds nothing any more; the hours since the departure stand beside', async () => {
    await go(page, '/leavers')
    const row = page.getByRole('grid', { name: 'Leavers' }).getByRole('row', { name: /Tomas Okafor/u })
    await expect(row).not.toContainText('Still in')
    await row.click()
    const panel = page.getByRole('complementary', { name: 'Tomas Okafor' })
    await expect(panel.getByText('Holds nothing any more.')).toBeVisible()
    await expect(panel.getByText(/^Gone for \d+ h$/u)).toBeVisible()
    await lookAt(page, 'leaver-gone')
  })

  await test.step('the review is closed, with the time it took', async () => {
    await go(page, `/reviews?review=${review}&closure=done`)
    const rows = page
      .getByRole('grid', { name: 'Items of the review' })
      .getByRole('row', { name: /Remove In \d+ (?:min|hours?)/u })
    await expect(rows.first()).toBeVisible()
    await lookAt(page, 'leaver-closed')
    await go(page, `/reviews?review=${review}&closure=pending`)
    await expect(page.getByRole('grid', { name: 'Items of the review' })).toHaveCount(0)
  })
})
