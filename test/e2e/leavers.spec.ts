import { expect, test, WHOLE } from './fixtures.ts'
import { go } from './looking.ts'
import { inDrawer } from './remediations.ts'

test('the remaining access of a leaver is added to remediation by keyboard alone, shared keys become due, and both are undone', async ({
  agency,
}) => {
  const { page } = agency
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { level: 1, name: 'Leavers' })).toBeVisible()
  const list = page.getByRole('grid', { name: 'Leavers' })
  await expect(list.getByRole('row', { name: /Darius Wendt.*Has access/u })).toBeVisible()
  await list.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Darius Wendt' })
  await expect(panel.getByText(/^Left \d+ d \d+ h ago$/u)).toBeVisible()

  await panel.getByRole('button', { name: 'Remove access of Darius Wendt…' }).focus()
  await page.keyboard.press('Enter')
  const drawer = inDrawer(page)
  await expect(drawer.getByRole('button', { name: /^Preview \d+ changes/u })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(drawer.getByText(/^\d+ blocked$/u)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText(/\d+ changes added to remediation; nothing is sent yet/u)).toBeVisible()
  await expect(panel.getByRole('link', { name: 'Added to remediation: Darius Wendt' })).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(panel.getByRole('button', { name: 'Add to remediation: Account Darius Wendt' })).toHaveCount(2)

  const due = panel.getByRole('button', { name: /Mark \d+ shared keys for rotation/u })
  await due.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/\d+ keys are due for rotation today/u)).toBeVisible()
  await expect(panel.getByText(/due today/u).first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Change undone').first()).toBeVisible()

  await panel.getByRole('link', { name: 'Impact' }).focus()
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('heading', { level: 1, name: 'Impact of removing the person Darius Wendt' }),
  ).toBeVisible()
  const things = page.getByRole('table', { name: 'Impact details' })
  await expect(things.getByRole('row', { name: /Remains active.*prod-review-bot/u })).toBeVisible()
  await things.getByRole('link', { name: 'darius-migration' }).click()
  await expect(page.getByRole('complementary', { name: 'darius-migration' })).toBeVisible()
  await page.goBack()
  await page.goBack()
  await expect(panel).toBeVisible()
  await page.keyboard.press('Escape')
})

test(
  'the access of several leavers is removed together, and their changes are marked as done together',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await go(page, '/people?q=Amara Nwosu')
    await page
      .getByRole('grid', { name: 'People' })
      .getByRole('row', { name: /Amara Nwosu/u })
      .click()
    const person = page.getByRole('complementary', { name: 'Amara Nwosu' })
    await person.getByRole('button', { name: 'Mark as leaving…' }).press('Enter')
    await person.getByRole('textbox', { name: 'Reason' }).fill('The contract has ended')
    await person.getByRole('form', { name: 'Mark as leaving' }).getByRole('button', { name: 'Mark as leaving' }).click()
    await expect(page.getByText('Amara Nwosu is a leaver now')).toBeVisible()
    await go(page, '/leavers')
    const list = page.getByRole('grid', { name: 'Leavers' })
    await expect(list.getByRole('row', { name: /Has access/u }).nth(1)).toBeVisible()
    await list.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    const bar = page.getByRole('group', { name: 'Selected leavers' })
    await bar.getByRole('button', { name: 'Start removal…' }).press('Enter')
    await expect(page).toHaveURL(/remediate=person(?::|%3A)\d+-\d+/u)
    const drawer = inDrawer(page)
    await expect(drawer.getByRole('heading', { name: 'Remove access of 2 people' })).toBeVisible()
    const preview = drawer.getByRole('button', { name: /^Preview \d+ changes/u })
    await expect(preview).toBeFocused()
    const count = Number(/\d+/u.exec((await preview.textContent()) ?? '')?.[0])
    await page.keyboard.press('Enter')
    await expect(drawer.getByText(/^\d+ blocked$/u)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText(`${count} changes added to remediation; nothing is sent yet`)).toBeVisible()
    await bar.getByRole('button', { name: 'Mark changes as done…' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Mark changes as done' })
    const mark = dialog.getByRole('button', { name: /^Mark \d+ changes as done$/u })
    const offered = (await mark.textContent()) ?? ''
    await mark.press('Enter')
    const marked = page.getByText(/^Marked \d+ changes as done under your name/u)
    await expect(marked).toBeVisible()
    await expect(dialog).toBeHidden()
    // They are pending again, so that they are offered once more.
    await page
      .getByRole('region', { name: 'Messages' })
      .getByRole('listitem')
      .filter({ has: marked })
      .getByRole('button', { name: 'Undo' })
      .click()
    await expect(page.getByText('Change undone')).toBeVisible()
    await bar.getByRole('button', { name: 'Mark changes as done…' }).press('Enter')
    await expect(mark).toHaveText(offered)
  },
)

test(
  'a recommendation shows its evidence, people without usage data, and the review that decides about it',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await page.getByRole('link', { name: 'Findings', exact: true }).click()
    await page.getByRole('link', { name: 'Recommendations', exact: true }).click()
    await expect(page).toHaveURL(/findings\/recommendations/u)
    await page.getByText(/No usage data for \d+ people/u).click()
    await expect(page.getByText(/Anthropic reports only a part of what people use/u).first()).toBeVisible()
    const list = page.getByRole('grid', { name: 'Recommendations' })
    await list.getByRole('row', { name: /underwriting-batch/u }).click()
    const panel = page.getByRole('complementary', { name: 'underwriting-batch' })
    await expect(panel.getByText('owner → member')).toBeVisible()
    await expect(panel.getByText(/2 keys in their name in the project, last used/u)).toBeVisible()
    await expect(
      panel.getByText('A service account acts through its keys alone; which calls they make is not reported.'),
    ).toBeVisible()
    await panel.getByRole('link', { name: 'Reviews' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible()
  },
)
