import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test('archiving a client names what leaves every list, asks for a typed word, and is undone', async ({ agency }) => {
  const { page } = agency
  await go(page, '/clients')
  const row = page.getByRole('row', { name: /Quillmarsh Mutual/u })
  await row.getByRole('button', { name: 'Archive Quillmarsh Mutual' }).click()
  const dialog = page.getByRole('dialog', { name: 'Archive Quillmarsh Mutual' })
  await expect(dialog.getByText(/\d+ keys and \d+ people leave every list/u)).toBeVisible()
  await expect(
    dialog.getByText(/1 leaver still has access: remove it first, or give the reason for archiving now\./u),
  ).toBeVisible()
  const archive = dialog.getByRole('button', { name: 'Archive client' })
  await expect(archive).toBeDisabled()
  await lookAt(page, 'client-archive')
  const word = await dialog.getByText(/^ARCHIVE \d+$/u).innerText()
  await dialog.getByRole('textbox', { name: word }).fill(word)
  await expect(archive).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The contract ended.')
  await archive.click()
  await expect(page.getByText('Archived Quillmarsh Mutual')).toBeVisible()
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(row).toBeVisible()
})
