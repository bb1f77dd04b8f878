import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

const HR = `Employee ID,Full name,Work e-mail,Employment status,Job title,Last day
A-1,Alice Dev,alice.dev@acme.example,Terminated,Backend Developer,2026-01-31
A-2,Jane Smith,jane.smith+ai@acme.example,Active,CTO,
A-3,Broken,no address,Active,,
`

test(
  'an HR file is imported, its leaver is found, and a possible duplicate is merged and split',
  WHOLE,
  async ({ agency }) => {
    const { page, folder } = agency

    await test.step('a file, previewed before it is imported', async () => {
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('link', { name: 'Import & export' }).click()
      await page.getByRole('link', { name: 'HR import' }).click()
      await expect(page).toHaveURL(/view=personnel/u)
      const path = join(folder, 'hr.csv')
      await writeFile(path, HR)
      await page.locator('input[type=file]').setInputFiles(path)
      await expect(page.getByText('1 person of the file left and still has access.')).toBeVisible()
      await expect(page.getByRole('row', { name: /Broken.*no address|no address/u })).toContainText('Work e-mail')
      await lookAt(page, 'files-personnel-plan')
      await page.getByRole('button', { name: 'Import 2 people' }).click()
      await expect(page.getByText('Imported', { exact: true })).toBeVisible()
      await lookAt(page, 'files-personnel-done')
    })

    await test.step('leavers are first in the filtered list, with their HR data', async () => {
      await page.getByRole('link', { name: 'View leavers' }).click()
      const row = page.getByRole('row', { name: /Alice Dev/u })
      await expect(row).toContainText('Left')
      await lookAt(page, 'people-departed')
      await row.click()
      const panel = page.getByRole('complementary', { name: /Alice Dev/u })
      await expect(panel.getByRole('region', { name: 'Employment' })).toContainText('Backend Developer')
      await lookAt(page, 'people-departed-panel')
      await go(page, '/findings?view=all&rule=leaver-with-access')
      await expect(page.getByRole('row', { name: /Alice Dev/u }).first()).toBeVisible()
    })

    await test.step('a possible duplicate is marked as not the same, merged, and undone', async () => {
      await go(page, '/people?view=matches')
      const pairs = page.getByRole('list', { name: 'Possible duplicates' })
      const jane = pairs.getByRole('region').filter({ hasText: 'jane.smith+ai@acme.example' })
      await expect(jane).toBeVisible()
      await lookAt(page, 'people-matches')
      await jane.getByRole('button', { name: 'Merge into Jane Smith' }).click()
      await expect(page.getByText('Jane Smith is now part of Jane Smith')).toBeVisible()
      await expect(jane).toBeHidden()
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(jane).toBeVisible()
      await jane.getByRole('button', { name: 'Not the same' }).click()
      await expect(jane).toBeHidden()
      await page.getByRole('radiogroup', { name: 'Filter duplicates' }).getByText('Not the same').click()
      await expect(jane).toBeVisible()
      await lookAt(page, 'people-matches-rejected')
      await jane.getByRole('button', { name: 'Reopen' }).click()
      await expect(page.getByText('No pairs marked as not the same')).toBeVisible()
      await lookAt(page, 'people-matches-none')
    })

    await test.step('a merge is shown and undone in the panel of the kept person', async () => {
      await page.getByRole('radiogroup', { name: 'Filter duplicates' }).getByText('To decide').click()
      await page.getByRole('button', { name: 'Merge into Hana Kobayashi' }).click()
      await page.getByRole('link', { name: 'All people' }).click()
      await page.getByRole('searchbox', { name: /Search names/u }).fill('Hana')
      await page.getByRole('row', { name: /Hana Kobayashi/u }).click()
      const panel = page.getByRole('complementary', { name: /Hana Kobayashi/u })
      const merged = panel.getByRole('region', { name: /Merged into this person/u })
      await expect(merged).toContainText('Kobayashi, Hana')
      await merged.scrollIntoViewIfNeeded()
      await lookAt(page, 'people-merged-panel')
      await merged.getByRole('button', { name: 'Split' }).click()
      await expect(merged).toBeHidden()
      await expect(panel.getByRole('region', { name: /Possible duplicates/u })).toContainText('Kobayashi, Hana')
      await lookAt(page, 'people-perhaps-panel')
    })
  },
)
