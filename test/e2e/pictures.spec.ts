import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go } from './looking.ts'
import { takePicture } from './pictures.ts'
import { dismissNotices, inDrawer, startWith } from './remediations.ts'

// One after the other, since both write the record of the pictures.
test.describe.configure({ mode: 'default' })

test('the pictures of README and guide show the window as it is', WHOLE, async ({ product: { page } }) => {
  // The path of a new user, so that the keys of the register are where this session keeps them.
  await page.getByRole('button', { name: /Explore the sample agency/u }).click()
  await expect(page.getByText('SAMPLE').first()).toBeVisible()
  const main = page.getByRole('main')

  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(page.getByRole('heading', { name: /^Clients/u })).toBeVisible()
  await takePicture(page, 'today', page.locator('.c-frame'))

  await page.setViewportSize({ width: 1280, height: 560 })
  await go(page, '/rotation')
  await expect(page.getByRole('grid')).toBeVisible()
  await takePicture(page, 'rotation', main)

  await page.setViewportSize({ width: 1280, height: 960 })
  await go(page, '/people')
  await page
    .getByRole('row', { name: /Alice Dev/u })
    .first()
    .click()
  const panel = page.getByRole('complementary', { name: /Alice Dev/u })
  await expect(panel.locator('[aria-busy="true"]')).toHaveCount(0)
  await takePicture(page, 'people-panel', panel)

  await page.setViewportSize({ width: 1120, height: 860 })
  await go(page, '/leavers')
  await page.getByRole('row', { name: /Darius Wendt/u }).click()
  const leaver = page.getByRole('complementary', { name: /Darius Wendt/u })
  await leaver.getByRole('link', { name: 'Impact' }).click()
  await expect(page.getByRole('img', { name: /Darius Wendt/u })).toBeVisible()
  await takePicture(page, 'impact', main)

  await page.setViewportSize({ width: 1280, height: 960 })
  await go(page, '/reviews?start=admins&of=northfold')
  await page.getByRole('dialog').getByRole('button', { name: 'Start review' }).click()
  const items = page.getByRole('grid', { name: 'Items of the review' })
  await items.getByRole('row', { name: /audit-export/u }).click()
  const item = page.getByRole('complementary', { name: /audit-export/u })
  await expect(item.locator('[aria-busy="true"]')).toHaveCount(0)
  await dismissNotices(page)
  await takePicture(page, 'review-item', item)
})

test(
  'the picture of a preview shows the word to type, as the sample, which has no credentials, cannot',
  WHOLE,
  async ({ product: { page } }) => {
    const organization = northfoldOpenAi()
    // A key in his name that still works.
    for (const key of organization.projects.flatMap(({ keys }) => keys) as { id: string; expires_at: unknown }[]) {
      if (key.id === 'key_p2') key.expires_at = null
    }
    const openai = await startFakeOpenAi({ organizations: [organization] })
    try {
      await page.setViewportSize({ width: 1280, height: 800 })
      await startWith(page, openai.baseUrl, 'Read and write')
      await go(page, '/people')
      await page.getByRole('row', { name: /Tomas Okafor/u }).click()
      const panel = page.getByRole('complementary', { name: /Tomas Okafor/u })
      // The drawer covers a warning of the session.
      await dismissNotices(page)
      await panel.getByRole('button', { name: /^Remove access/u }).click()
      const drawer = inDrawer(page)
      await drawer.getByRole('button', { name: /^Preview/u }).click()
      await expect(drawer.getByRole('textbox', { name: /to confirm$/u })).toBeVisible()
      await dismissNotices(page)
      await takePicture(page, 'remediation-preview', drawer)
    } finally {
      await openai.close()
    }
  },
)
