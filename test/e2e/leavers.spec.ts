import { expect, test, WHOLE } from './fixtures.ts'

test('what is left of a leaver goes on the remediation list by keys alone, shared keys become due, and both are taken back', async ({
  agency,
}) => {
  const { page } = agency
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { level: 1, name: 'Leavers' })).toBeVisible()
  const list = page.getByRole('grid', { name: 'Leavers' })
  await expect(list.getByRole('row', { name: /Darius Wendt.*Still in/u })).toBeVisible()
  await list.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Darius Wendt' })
  await expect(panel.getByText(/Gone for \d+ d/u)).toBeVisible()

  await panel.getByRole('button', { name: /Put \d+ removals on the list/u }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Put \d+ remedies on the list; nothing is sent yet/u)).toBeVisible()
  await expect(panel.getByRole('link', { name: 'On the list: Darius Wendt' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(panel.getByRole('button', { name: 'Put on the list: Account Darius Wendt' })).toBeVisible()

  const due = panel.getByRole('button', { name: /Make \d+ keys due today/u })
  await due.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/\d+ keys are due for rotation today/u)).toBeVisible()
  await expect(panel.getByText(/due today/u).first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone').first()).toBeVisible()

  await panel.getByRole('link', { name: 'Impact radius' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Impact radius of the person Darius Wendt' })).toBeVisible()
  const things = page.getByRole('table', { name: 'The consequences one by one' })
  await expect(things.getByRole('row', { name: /Stays.*prod-review-bot/u })).toBeVisible()
  await things.getByRole('link', { name: 'darius-migration' }).click()
  await expect(page.getByRole('complementary', { name: 'darius-migration' })).toBeVisible()
  await page.goBack()
  await page.goBack()
  await expect(panel).toBeVisible()
  await page.keyboard.press('Escape')
})

test(
  'advice says what it rests on, of whom nothing is reported, and where it is decided',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await page.getByRole('link', { name: 'Access', exact: true }).click()
    await page.getByText('Recommendation', { exact: true }).click()
    await expect(page).toHaveURL(/view=advice/u)
    await page.getByText(/Not reported: of \d+ people/u).click()
    await expect(page.getByText(/Anthropic does not report when people were last active/u).first()).toBeVisible()
    const list = page.getByRole('grid', { name: 'Recommendation' })
    await list.getByRole('row', { name: /underwriting-batch/u }).click()
    const panel = page.getByRole('complementary', { name: 'underwriting-batch' })
    await expect(panel.getByText('owner → member')).toBeVisible()
    await expect(panel.getByText(/8 keys in their name in the project, last used/u)).toBeVisible()
    await expect(
      panel.getByText('A service account acts through its keys alone; which calls they make is not reported.'),
    ).toBeVisible()
    await panel.getByRole('link', { name: 'Reviews' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible()
  },
)
