import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import type { FakeOpenAiOrganization } from '../providers/openai-organization.ts'
import { countInput } from './counting.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { dismissNotices, importLeaver, inDrawer, openFinding, seeResults, startWith, writesTo } from './remediations.ts'

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

test(
  'a leaver is imported from an HR file, found, reviewed, removed at the provider, and closed with the hours it took',
  WHOLE,
  async ({ product }) => {
    const { page, folder } = product
    await page.setViewportSize({ width: 1440, height: 900 })
    // A key in his name that the provider does not end with the account.
    for (const key of organization.projects.flatMap(({ keys }) => keys) as { id: string; expires_at: unknown }[]) {
      if (key.id === 'key_p2') key.expires_at = null
    }
    await startWith(page, openai.baseUrl, 'Read and write')

    await test.step('an HR file reports that he has left', async () => {
      await importLeaver(page, folder, HR)
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

    await test.step('the finding shows it in a sentence, and its primary action mends it', async () => {
      const panel = await openFinding(page, 'leaver-with-access', /tomas@client-acme.example|Tomas Okafor/u)
      await expect(panel.getByText(/has left but still has an account and 1 key\.$/u).first()).toBeVisible()
      await expect(panel.getByRole('button', { name: 'Remove access…' })).toBeVisible()
      await expect(panel.getByRole('button', { name: 'Accept risk…' })).toBeVisible()
      await lookAt(page, 'leaver-finding')
      await page.keyboard.press('Escape')
    })

    await test.step('the leaver is removed everywhere in four clicks and a typed word', async () => {
      const input = await countInput(page)
      await page.getByRole('link', { name: 'Leavers', exact: true }).click()
      await page
        .getByRole('grid', { name: 'Leavers' })
        .getByRole('row', { name: /Tomas Okafor/u })
        .click()
      await lookAt(page, 'leaver-panel')
      await page.getByRole('button', { name: 'Remove access of Tomas Okafor…' }).click()
      const drawer = inDrawer(page)
      await expect(drawer.getByRole('checkbox', { name: /^Remove .* from the organization/u })).toBeChecked()
      await expect(drawer.getByRole('checkbox', { name: /^Delete the key tomas laptop/u })).toBeChecked()
      await lookAt(page, 'leaver-select')
      await drawer.getByRole('button', { name: 'Preview 2 changes' }).click()
      await expect(drawer.getByText('2 ready')).toBeVisible()
      await lookAt(page, 'leaver-preview')
      expect(writesTo(openai)).toEqual([])
      await expect(drawer.getByRole('textbox', { name: 'Type REMOVE 2 to confirm' })).toBeFocused()
      await page.keyboard.type('REMOVE 2')
      await page.keyboard.press('Enter')
      await seeResults(page)
      expect(await input()).toEqual({ clicks: 4, keys: 'REMOVE 2'.length + 1 })
      expect(writesTo(openai).toSorted()).toEqual([
        'DELETE /v1/organization/projects/proj_acme/api_keys/key_p2',
        'DELETE /v1/organization/users/user-b2',
      ])
      await expect(drawer.getByText('Verified')).toHaveCount(2, { timeout: 60_000 })
      await lookAt(page, 'leaver-done')
      await drawer.getByRole('button', { name: 'Close' }).last().click()
      // The notification of that sync may have closed meanwhile.
      await dismissNotices(page)
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
  },
)

test(
  'a person is marked as leaving manually, and removed at a read-only connection by a permission for one run',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await page.setViewportSize({ width: 1440, height: 900 })
    await startWith(page, openai.baseUrl, 'Read only')
    await go(page, '/people?q=tomas')
    await page
      .getByRole('grid', { name: 'People' })
      .getByRole('row', { name: /Tomas Okafor/u })
      .click()
    const panel = page.getByRole('complementary', { name: 'Tomas Okafor' })

    await test.step('the mark makes them a leaver now, and can be undone', async () => {
      await panel.getByRole('button', { name: 'Mark as leaving…' }).click()
      const form = panel.getByRole('form', { name: 'Mark as leaving' })
      await form.getByLabel('Reason').fill('Contract ended')
      await lookAt(page, 'person-leaving')
      await form.getByRole('button', { name: 'Mark as leaving' }).click()
      await expect(panel.getByText('Left', { exact: true }).first()).toBeVisible()
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(panel.getByText('Not in an HR import.')).toBeVisible()
      await dismissNotices(page)
      await panel.getByRole('button', { name: 'Mark as leaving…' }).click()
      await form.getByLabel('Reason').fill('Contract ended')
      await form.getByRole('button', { name: 'Mark as leaving' }).click()
      await expect(panel.getByText(/Contract ended · by/u)).toBeVisible()
      await dismissNotices(page)
    })

    await test.step('the read-only connection offers console steps, and a permission with its own typed word', async () => {
      await panel.getByRole('button', { name: 'Remove access of Tomas Okafor…' }).click()
      const drawer = inDrawer(page)
      await drawer.getByRole('button', { name: 'Preview 1 change' }).click()
      await expect(drawer.getByText('1 blocked')).toBeVisible()
      await expect(drawer.getByRole('button', { name: 'Copy steps' })).toBeVisible()
      await lookAt(page, 'leaver-read-only')
      await drawer.getByRole('button', { name: 'Allow changes for this one run…' }).click()
      await drawer.getByRole('textbox', { name: /^Type Acme on OpenAI to allow changes/u }).fill('Acme on OpenAI')
      await expect(drawer.getByRole('button', { name: 'Apply 1 change' })).toBeDisabled()
      await drawer.getByRole('textbox', { name: /to confirm$/u }).fill('tomas@client-acme.example')
      await lookAt(page, 'leaver-permission')
      await page.keyboard.press('Enter')
      await seeResults(page)
      expect(writesTo(openai)).toEqual(['DELETE /v1/organization/users/user-b2'])
      await expect(drawer.getByText('Verified')).toBeVisible({ timeout: 60_000 })
      await drawer.getByRole('button', { name: 'Close' }).last().click()
    })
  },
)
