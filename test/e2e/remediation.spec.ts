import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import type { FakeOpenAiOrganization } from '../providers/openai-organization.ts'
import { NEW_SECRET } from '../providers/openai-writes.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import {
  dismissNotices,
  inDrawer,
  openFinding,
  previewWhatWaits,
  putOnTheList,
  readAgain,
  seeResults,
  startWith,
  syncBeside,
  writesTo,
} from './remediations.ts'

let organization: FakeOpenAiOrganization
let openai: FakeServer

test.beforeEach(async () => {
  organization = northfoldOpenAi()
  openai = await startFakeOpenAi({ organizations: [organization] })
})
test.afterEach(() => openai.close())

test('a key of a service account is rotated: its secret is shown once, and the deletion of the old key is pending', async ({
  product,
}) => {
  const { page } = product
  await startWith(page, openai.baseUrl, 'Read and write')

  await test.step('the finding offers the rotation; it is added to remediation, and removed again', async () => {
    const panel = await openFinding(page, 'rotation-overdue', /prod-web/u)
    await lookAt(page, 'remediation-proposals')
    await panel.getByRole('button', { name: /^Add to remediation: Rotate the key prod-web/u }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Change undone')).toBeVisible()
    await dismissNotices(page)
    await putOnTheList(page, panel, /^Add to remediation: Rotate the key prod-web/u)
    expect(writesTo(openai)).toEqual([])
  })

  await test.step('the preview shows the request; the button requires the typed word, letter by letter', async () => {
    await previewWhatWaits(page)
    await inDrawer(page).getByText('Show API request').click()
    await expect(page.getByText(`POST ${openai.baseUrl}`)).toContainText('/service_accounts/svc_acct_w1/api_keys')
    const run = page.getByRole('button', { name: 'Apply 1 change' })
    const word = page.getByRole('textbox', { name: 'Type prod-web to confirm' })
    await expect(run).toBeDisabled()
    for (const wrong of ['prod-we', 'PROD-WEB', 'prod web']) {
      await word.fill(wrong)
      await expect(run, wrong).toBeDisabled()
    }
    await word.fill('prod-web')
    await lookAt(page, 'remediation-preview')
    await run.click()
    await seeResults(page)
    expect(writesTo(openai)).toEqual(['POST /v1/organization/projects/proj_acme/service_accounts/svc_acct_w1/api_keys'])
  })

  await test.step('the secret is shown once, and is stored nowhere else', async () => {
    await expect(page.getByRole('grid', { name: 'Remediations' }).getByText('Awaiting deployment')).toBeVisible()
    await lookAt(page, 'remediation-deploying')
    expect(await page.content()).not.toContain(NEW_SECRET)
    await page.getByRole('button', { name: 'Show secret of the new key for prod-web' }).click()
    const dialog = page.getByRole('dialog', { name: 'The new key’s secret' })
    await dialog.getByRole('button', { name: 'Show secret once' }).click()
    await expect(dialog.getByLabel('Secret of the new key')).toHaveText(NEW_SECRET)
    await lookAt(page, 'remediation-secret')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
    await dialog.getByRole('button', { name: 'I’ve saved it' }).click()
    await expect(dialog).toBeHidden()
    expect(await page.content()).not.toContain(NEW_SECRET)
    expect(page.url()).not.toContain(NEW_SECRET)
    await expect(page.getByRole('button', { name: /^Show secret/u })).toHaveCount(0)
  })

  await test.step('after deployment, deleting the old key needs its own preview', async () => {
    await page.getByRole('button', { name: 'Mark as deployed: the new key for prod-web' }).click()
    const dialog = page.getByRole('dialog', { name: 'Is the new key deployed?' })
    await lookAt(page, 'remediation-deployed')
    await dialog.getByRole('button', { name: 'Mark as deployed' }).click()
    await expect(dialog).toBeHidden()
    await inDrawer(page).getByRole('button', { name: 'Close' }).last().click()
    await dismissNotices(page)
    const list = page.getByRole('grid', { name: 'Remediations' })
    await expect(list.getByRole('row', { name: /Pending.*Delete the key prod-web/u })).toBeVisible()
    await expect(list.getByRole('row', { name: /Done.*Rotate the key prod-web/u })).toBeVisible()
    await lookAt(page, 'remediation-list')
    expect(writesTo(openai)).toHaveLength(1)
  })
})

test('nothing is sent while the connection is read-only, nor by an outdated preview', WHOLE, async ({ product }) => {
  const { page } = product
  await startWith(page, openai.baseUrl, 'Read only')
  const panel = await openFinding(page, 'invite-expired', /old@client-acme.example/u)
  await putOnTheList(page, panel, /^Add to remediation: Delete the invite/u)

  await test.step('the preview shows the console steps and what blocks it', async () => {
    await previewWhatWaits(page)
    const drawer = inDrawer(page)
    await expect(drawer.getByText('1 blocked')).toBeVisible()
    await expect(drawer.getByRole('region', { name: 'Acme on OpenAI is read-only' })).toBeVisible()
    await expect(drawer.getByText(/Delete the invite of .*old@client-acme\.example/u).first()).toBeVisible()
    await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveCount(0)
    await lookAt(page, 'remediation-obstacle')
    await drawer.getByRole('button', { name: 'Close' }).last().click()
    await go(page, '/connections?connection=1')
    const connection = page.getByRole('complementary', { name: 'Acme on OpenAI' })
    await connection.getByRole('button', { name: 'Edit' }).click()
    await connection.getByRole('radio', { name: 'Read and write' }).check()
    await connection.getByRole('button', { name: 'Save' }).click()
    await dismissNotices(page)
  })

  await test.step('an outdated preview is refused, and made again', async () => {
    await previewWhatWaits(page)
    const invite = organization.invites.find((each) => (each as { id: string }).id === 'invite-02')
    Object.assign(invite as object, { role: 'reader' })
    // The drawer keeps its step in the address, and what it shows until it is asked again.
    await syncBeside(page)
    await page.getByRole('textbox', { name: /to confirm$/u }).fill('old@client-acme.example')
    await page.getByRole('button', { name: 'Apply 1 change' }).click()
    await expect(page.getByText(/^Changed since the preview/u)).toBeVisible()
    await lookAt(page, 'remediation-stale')
    expect(writesTo(openai)).toEqual([])
    await inDrawer(page).getByRole('form').getByRole('button', { name: 'Preview again' }).click()
    await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveValue('')
    await expect(page.getByText(/^Changed since the preview/u)).toBeHidden()
    await page.getByRole('textbox', { name: /to confirm$/u }).fill('old@client-acme.example')
    await page.getByRole('button', { name: 'Apply 1 change' }).click()
    await seeResults(page)
    expect(writesTo(openai)).toEqual(['DELETE /v1/organization/invites/invite-02'])
  })

  await test.step('after the re-sync, the list shows that it is done', async () => {
    await expect(inDrawer(page).getByText('Verified')).toBeVisible({ timeout: 60_000 })
    await lookAt(page, 'remediation-done')
  })
})

test(
  'changes without an API have manual steps; a run stops at the first unexpected response and shows where and why',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await startWith(page, openai.baseUrl, 'Read and write')

    await test.step('the console steps can be copied, and the person marks them as done', async () => {
      const panel = await openFinding(page, 'rotation-overdue', /legacy/u)
      await putOnTheList(page, panel, /^Add to remediation: Rotate the key legacy/u)
      await panel.getByRole('link', { name: /^Added to remediation: Rotate/u }).click()
      const remediation = page.getByRole('complementary')
      await expect(remediation.getByText('Manual', { exact: true })).toBeVisible()
      await remediation.getByRole('button', { name: 'Show the steps' }).click()
      const card = page.getByRole('article', { name: /^Rotate the key legacy/u })
      await expect(card.getByRole('button', { name: 'Copy steps' })).toBeVisible()
      await expect(page.getByRole('textbox', { name: /to confirm$/u })).toHaveCount(0)
      await lookAt(page, 'remediation-by-hand')
      await card.getByRole('button', { name: 'Mark as done' }).click()
      await expect(page.getByText(/^Marked as done under your name/u)).toBeVisible()
      expect(writesTo(openai)).toEqual([])
      await inDrawer(page).getByRole('button', { name: 'Close' }).last().click()
      await dismissNotices(page)
    })

    const invite = await openFinding(page, 'invite-expired', /old@client-acme.example/u)
    await putOnTheList(page, invite, /^Add to remediation: Delete the invite/u)
    const unused = await openFinding(page, 'key-unused-remove', /legacy/u)
    await putOnTheList(page, unused, /^Add to remediation: Delete the key legacy/u)

    await test.step('the first request is refused; the second is not sent and stays pending', async () => {
      await previewWhatWaits(page)
      for (const { row } of organization.projects) if (row.id === 'proj_acme') row['status'] = 'archived'
      await page.getByRole('textbox', { name: 'Type REMOVE 2 to confirm' }).fill('REMOVE 2')
      await page.getByRole('button', { name: 'Apply 2 changes' }).click()
      await expect(page.getByRole('alert').filter({ hasText: 'Stopped' })).toContainText('1 after it was not sent')
      await expect(page.getByRole('listitem').filter({ hasText: 'Delete the key legacy' })).toContainText('Failed')
      await expect(page.getByRole('listitem').filter({ hasText: 'Delete the invite' })).toContainText('Pending')
      expect(writesTo(openai)).toEqual(['DELETE /v1/organization/projects/proj_acme/api_keys/key_p3'])
      await lookAt(page, 'remediation-stopped')
    })

    await test.step('the pending change is previewed by itself, and can be left', async () => {
      await inDrawer(page).getByRole('button', { name: 'Preview 1 pending' }).click()
      await expect(page.getByRole('textbox', { name: 'Type old@client-acme.example to confirm' })).toBeVisible()
      await inDrawer(page).getByRole('button', { name: 'Not now' }).click()
      const rows = page.getByRole('grid', { name: 'Remediations' }).getByRole('row')
      // Until the list is refetched, the rows are in the order before the run.
      await expect(rows.nth(2)).toContainText('Failed')
      await rows.filter({ hasText: 'Delete the invite' }).click()
      await page.getByRole('complementary').getByRole('button', { name: 'Cancel change' }).click()
      await expect(page.getByRole('complementary').getByText('Cancelled', { exact: true })).toBeVisible()
      await dismissNotices(page)
    })
  },
)

test('an unknown result is shown in the list until a sync verifies it', WHOLE, async ({ product }) => {
  const { page } = product
  await openai.close()
  const broken = { path: /\/invites\/invite-02$/u, method: 'DELETE', fault: { kind: 'drop' } } as const
  openai = await startFakeOpenAi({ organizations: [organization], faults: { rules: [broken] } })
  await startWith(page, openai.baseUrl, 'Read and write')
  const finding = await openFinding(page, 'invite-expired', /old@client-acme.example/u)
  await putOnTheList(page, finding, /^Add to remediation: Delete the invite/u)
  await previewWhatWaits(page)
  await page.getByRole('textbox', { name: /to confirm$/u }).fill('old@client-acme.example')
  await page.getByRole('button', { name: 'Apply 1 change' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped' })).toContainText('It may have been done')
  await expect(page.getByRole('listitem').filter({ hasText: 'Delete the invite' }).last()).toContainText('Unknown')
  await inDrawer(page).getByRole('button', { name: 'Close' }).last().click()
  await readAgain(page)
  await page.getByRole('link', { name: /^Today/u }).click()
  await page.getByRole('link', { name: /1 change has an unknown result/u }).click()
  await page
    .getByRole('grid', { name: 'Remediations' })
    .getByRole('row', { name: /Unknown/u })
    .click()
  const panel = page.getByRole('complementary', { name: /^Delete the invite/u })
  await panel.getByRole('button', { name: 'Sync connection' }).click()
  // The change was made: only the answer was lost.
  await expect(panel.getByText('Verified')).toBeVisible({ timeout: 60_000 })
  await readAgain(page)
  await lookAt(page, 'remediation-unsure')
  await panel.getByRole('button', { name: 'Mark as done' }).click()
  await expect(panel.getByText('Done', { exact: true })).toBeVisible()
  expect(writesTo(openai)).toEqual(['DELETE /v1/organization/invites/invite-02'])
})
