import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import type { FakeOpenAiOrganization } from '../providers/openai-organization.ts'
import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { dismissNotices, openFinding, readAgain, startWith, writesTo } from './remediations.ts'

let organization: FakeOpenAiOrganization
let openai: FakeServer

test.beforeEach(async () => {
  organization = northfoldOpenAi()
  openai = await startFakeOpenAi({ organizations: [organization] })
})
test.afterEach(() => openai.close())

/** An HR file in which Tomas Okafor, who has an account, a project and a key, has left. */
const HR = `Work e-mail,Full name,Employment status
tomas@client-acme.example,Tomas Okafor,Terminated
mara@northfold.agency,Mara Lindqvist,Active
`

test('a leaver is imported from an HR file, found, reviewed, removed at the provider, and closed with the hours it took', async ({
  product,
}) => {
  const { page, folder } = product
  await page.setViewportSize({ width: 1440, height: 900 })
  // A key in his name that the provider does not end with the account.
  for (const key of organization.projects.flatMap(({ keys }) => keys) as { id: string; expires_at: unknown }[]) {
    if (key.id === 'key_p2') key.expires_at = null
  }
  await startWith(page, openai.baseUrl, 'Read and write')

  await test.step('an HR file reports that he has left', async () => {
    const path = join(folder, 'hr.csv')
    await writeFile(path, HR)
    await go(page, '/files?view=personnel')
    await page.locator('input[type=file]').setInputFiles(path)
    await expect(page.getByText('1 person of the file left and still has access.')).toBeVisible()
    await page.getByRole('button', { name: /^Import/u }).click()
    await expect(page.getByText('Imported', { exact: true })).toBeVisible()
    await dismissNotices(page)
  })

  await test.step('the review of leavers decides to remove everything', async () => {
    await go(page, '/reviews?start=departed&of=acme-corp')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Start review' }).click()
    await expect(page.getByRole('grid', { name: 'Items of the review' })).toBeVisible()
    await page.keyboard.press('n')
    const progress = page.getByRole('region', { name: 'Progress' })
    for (;;) {
      const [, decided, all] = /(\d+) of (\d+) decided/u.exec(await progress.innerText()) ?? []
      if (decided === all) break
      // A key press before the next item is shown is ignored: the reviewer has not seen that item yet.
      await expect(page.getByRole('complementary').getByText('Undecided', { exact: true })).toBeVisible()
      await page.keyboard.press('r')
      await expect(progress).toContainText(`${Number(decided) + 1} of ${all} decided`)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Sign off…' }).click()
    await dialog.getByLabel('Signed as').fill('Robin Reviewer')
    await dialog.getByRole('button', { name: 'Sign off', exact: true }).click()
    await expect(page.getByText('Signed', { exact: true })).toBeVisible()
    await dismissNotices(page)
  })
  const review = new URL(page.url()).searchParams.get('review') ?? ''

  await test.step('the finding shows it and its actions; its account and its key are added to remediation', async () => {
    const panel = await openFinding(page, 'leaver-with-access', /tomas@client-acme.example|Tomas Okafor/u)
    await lookAt(page, 'leaver-finding')
    await panel.getByRole('button', { name: /^Add to remediation: Remove .* from the organization/u }).focus()
    await page.keyboard.press('Enter')
    await expect(panel.getByRole('link', { name: /^Added to remediation: Remove/u })).toBeFocused()
    await panel.getByRole('button', { name: /^Add to remediation: Delete the key tomas laptop/u }).click()
    await expect(panel.getByRole('link', { name: /^Added to remediation: Delete the key/u })).toBeVisible()
    await dismissNotices(page)
    expect(writesTo(openai)).toEqual([])
  })

  await test.step('the overview shows pending changes, with a link to them', async () => {
    await page.getByRole('link', { name: 'Today', exact: true }).click()
    await page.getByRole('link', { name: /2 changes pending/u }).click()
    await expect(page).toHaveURL(/state=waiting/u)
    const list = page.getByRole('grid', { name: 'Remediations' })
    await expect(list.getByRole('row', { name: /Pending/u })).toHaveCount(2)
    await list.getByRole('row', { name: /Remove/u }).click()
    await lookAt(page, 'leaver-remedy')
    await page.keyboard.press('Escape')
  })

  await test.step('both are selected by keyboard and previewed: the requests and their impact', async () => {
    await page.getByRole('grid', { name: 'Remediations' }).focus()
    await page.keyboard.press('Control+a')
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Preview', exact: true }).click()
    await expect(page).toHaveURL(/preview=/u)
    await expect(page.getByText(`DELETE ${openai.baseUrl}/organization/users/user-b2`)).toBeVisible()
    await expect(
      page.getByText(`DELETE ${openai.baseUrl}/organization/projects/proj_acme/api_keys/key_p2`),
    ).toBeVisible()
    const removal = page.getByRole('article', { name: /^Remove/u })
    await expect(removal.getByRole('heading', { name: 'Impact' })).toBeVisible()
    await removal.getByText(/^Show \d+ details?$/u).click()
    await expect(removal.getByText('tomas laptop')).toBeVisible()
    await lookAt(page, 'leaver-preview')
    await removal.getByRole('link', { name: 'Impact' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /^Impact of removing the account/u })).toBeVisible()
    await expect(page.getByRole('row', { name: /tomas laptop/u })).toBeVisible()
    await lookAt(page, 'leaver-blast')
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Preview' })).toBeVisible()
  })

  await test.step('the word is typed, the changes are applied, and a re-sync follows', async () => {
    const run = page.getByRole('button', { name: 'Apply 2 changes' })
    await expect(run).toBeDisabled()
    await page.getByRole('textbox', { name: 'Type REMOVE 2 to confirm' }).fill('REMOVE 2')
    await run.click()
    await expect(page.getByRole('heading', { level: 1, name: 'Results' })).toBeVisible()
    expect(writesTo(openai).toSorted()).toEqual([
      'DELETE /v1/organization/projects/proj_acme/api_keys/key_p2',
      'DELETE /v1/organization/users/user-b2',
    ])
    await expect(page.getByText('Verified')).toHaveCount(2, { timeout: 60_000 })
    await readAgain(page)
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

  await test.step('the leaver has no remaining access; the hours since the departure are shown', async () => {
    await go(page, '/leavers')
    const row = page.getByRole('grid', { name: 'Leavers' }).getByRole('row', { name: /Tomas Okafor/u })
    await expect(row).not.toContainText('Has access')
    await row.click()
    const panel = page.getByRole('complementary', { name: 'Tomas Okafor' })
    await expect(panel.getByText('No remaining access.')).toBeVisible()
    await expect(panel.getByText(/^Left \d+ h ago$/u)).toBeVisible()
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
