import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import type { FakeOpenAiOrganization } from '../providers/openai-organization.ts'
import { NEW_SECRET } from '../providers/openai-writes.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { lookAt } from './looking.ts'
import {
  dismissNotices,
  openFinding,
  previewWhatWaits,
  putOnTheList,
  readAgain,
  startWith,
  sync,
  writesTo,
} from './remediations.ts'

let organization: FakeOpenAiOrganization
let openai: FakeServer

test.beforeEach(async () => {
  organization = northfoldOpenAi()
  openai = await startFakeOpenAi({ organizations: [organization] })
})
test.afterEach(() => openai.close())

test('a key of a service account is rotated: its secret is shown once, and the old key waits to be deleted', async ({
  product,
}) => {
  const { page } = product
  await startWith(page, openai.baseUrl, 'Read and write')

  await test.step('the finding offers the rotation; it goes on the list, and comes off it again', async () => {
    const panel = await openFinding(page, 'rotation-overdue', /prod-web/u)
    await lookAt(page, 'remedy-proposals')
    await panel.getByRole('button', { name: /^Put on the list: Rotate the key prod-web/u }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Undone')).toBeVisible()
    await dismissNotices(page)
    await putOnTheList(page, panel, /^Put on the list: Rotate the key prod-web/u)
    expect(writesTo(openai)).toEqual([])
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
    expect(writesTo(openai)).toEqual(['POST /v1/organization/projects/proj_acme/service_accounts/svc_acct_w1/api_keys'])
  })

  await test.step('the secret is shown once, and is nowhere else', async () => {
    await expect(page.getByText('To be deployed')).toBeVisible()
    await readAgain(page)
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
    const list = page.getByRole('grid', { name: 'Remediations' })
    await expect(list.getByRole('row', { name: /Waiting.*Delete the key prod-web/u })).toBeVisible()
    await expect(list.getByRole('row', { name: /Done.*Rotate the key prod-web/u })).toBeVisible()
    await lookAt(page, 'remedy-list')
    expect(writesTo(openai)).toHaveLength(1)
  })
})

test(
  'nothing is sent while the connection is read-only, nor by a preview that is out of date',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await startWith(page, openai.baseUrl, 'Read only')
    const panel = await openFinding(page, 'invite-expired', /old@client-acme.example/u)
    await putOnTheList(page, panel, /^Put on the list: Delete the invite/u)

    await test.step('the preview shows what blocks it, and leads there', async () => {
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
      expect(writesTo(openai)).toEqual([])
      await page.getByRole('region', { name: 'Run' }).getByRole('button', { name: 'Preview again' }).click()
      await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveValue('')
      await expect(page.getByText(/^Changed since the preview/u)).toBeHidden()
      await page.getByRole('textbox', { name: /to confirm$/u }).fill('old@client-acme.example')
      await page.getByRole('button', { name: 'Run 1 call' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'What came of it' })).toBeVisible()
      expect(writesTo(openai)).toEqual(['DELETE /v1/organization/invites/invite-02'])
    })

    await test.step('once read again, the list says that it is done', async () => {
      await expect(page.getByText('Seen done')).toBeVisible({ timeout: 60_000 })
      await readAgain(page)
      await lookAt(page, 'remedy-done')
    })
  },
)

test(
  'what no API does is handed over; a run stops at the first surprise and says where and why',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await startWith(page, openai.baseUrl, 'Read and write')

    await test.step('the steps of the console are there to be copied, and the person marks them as done', async () => {
      const panel = await openFinding(page, 'rotation-overdue', /legacy/u)
      await putOnTheList(page, panel, /^Put on the list: Rotate the key legacy/u)
      await panel.getByRole('link', { name: /^On the list: Rotate/u }).click()
      const remediation = page.getByRole('complementary')
      await expect(remediation.getByText('By hand', { exact: true })).toBeVisible()
      await remediation.getByRole('button', { name: 'Show the steps' }).click()
      const card = page.getByRole('article', { name: /^Rotate the key legacy/u })
      await expect(card.getByRole('button', { name: 'Copy the steps' })).toBeVisible()
      await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveCount(0)
      await lookAt(page, 'remedy-by-hand')
      await card.getByRole('button', { name: 'It is done' }).click()
      await expect(page.getByText(/^Noted as done under your name/u)).toBeVisible()
      expect(writesTo(openai)).toEqual([])
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
      expect(writesTo(openai)).toEqual(['DELETE /v1/organization/projects/proj_acme/api_keys/key_p3'])
      await readAgain(page)
      await lookAt(page, 'remedy-stopped')
    })

    await test.step('what is left is previewed by itself, and can be left', async () => {
      await page.getByRole('button', { name: 'Preview what is left (1)' }).click()
      await expect(page.getByRole('textbox', { name: 'Type old@client-acme.example to confirm' })).toBeVisible()
      await page.getByRole('button', { name: 'Back to the list' }).click()
      const rows = page.getByRole('grid', { name: 'Remediations' }).getByRole('row')
      // They stand in the order of before the run until the list was read again.
      await expect(rows.nth(2)).toContainText('Failed')
      await rows.filter({ hasText: 'Delete the invite' }).click()
      await page.getByRole('complementary').getByRole('button', { name: 'Withdraw' }).click()
      await expect(page.getByRole('complementary').getByText('Withdrawn', { exact: true })).toBeVisible()
      await dismissNotices(page)
    })
  },
)

test(
  'when it is unknown whether it was done, the list says so until a sync has shown it',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await openai.close()
    const broken = { path: /\/invites\/invite-02$/u, method: 'DELETE', fault: { kind: 'drop' } } as const
    openai = await startFakeOpenAi({ organizations: [organization], faults: { rules: [broken] } })
    await startWith(page, openai.baseUrl, 'Read and write')
    const finding = await openFinding(page, 'invite-expired', /old@client-acme.example/u)
    await putOnTheList(page, finding, /^Put on the list: Delete the invite/u)
    await previewWhatWaits(page)
    await page.getByRole('textbox', { name: /to confirm$/u }).fill('old@client-acme.example')
    await page.getByRole('button', { name: 'Run 1 call' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'It stopped' })).toContainText('It may have been done')
    await expect(page.getByRole('listitem').filter({ hasText: 'Delete the invite' })).toContainText('Unsure')
    await readAgain(page)
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await page.getByRole('link', { name: /1 remedy of unknown outcome/u }).click()
    await page
      .getByRole('grid', { name: 'Remediations' })
      .getByRole('row', { name: /Unsure/u })
      .click()
    const panel = page.getByRole('complementary', { name: /^Delete the invite/u })
    await panel.getByRole('button', { name: 'Sync the connection' }).click()
    // It was done: the answer alone got lost.
    await expect(panel.getByText('Seen done')).toBeVisible({ timeout: 60_000 })
    await readAgain(page)
    await lookAt(page, 'remedy-unsure')
    await panel.getByRole('button', { name: 'It is done' }).click()
    await expect(panel.getByText('Done', { exact: true })).toBeVisible()
    expect(writesTo(openai)).toEqual(['DELETE /v1/organization/invites/invite-02'])
  },
)
