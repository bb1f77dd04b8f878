import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test(
  'a backup is made, and restored after a typed word; the diagnostics are shown before they are saved',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await page.setViewportSize({ width: 1440, height: 900 })
    const list = page.getByRole('table', { name: 'Backups' })

    await test.step('a backup is made and listed', async () => {
      await go(page, '/settings?section=recovery')
      await expect(page.getByText('No backups yet')).toBeVisible()
      await page.getByRole('button', { name: 'Back up now' }).click()
      await expect(list.getByRole('row')).toHaveCount(2)
      await lookAt(page, 'backups')
    })

    await test.step('restoring shows what will be missing, and requires a typed word', async () => {
      await go(page, '/clients?add=true')
      const adding = page.getByRole('dialog')
      await adding.getByLabel('Name').fill('Zenith Mutual')
      await adding.getByRole('button', { name: 'Add client' }).click()
      await expect(adding).toBeHidden()
      await go(page, '/settings?section=recovery')
      await list.getByRole('button', { name: /^Restore/u }).click()
      const dialog = page.getByRole('dialog', { name: 'Restore this backup?' })
      await expect(dialog).toContainText('1 later decision will be missing.')
      await expect(dialog.getByRole('button', { name: 'Restore backup' })).toBeDisabled()
      await lookAt(page, 'backups-restore')
      await dialog.getByLabel(/to confirm/u).fill('RESTORE')
      await dialog.getByRole('button', { name: 'Restore backup' }).click()
      await expect(dialog).toBeHidden()
      await expect(list.getByRole('row')).toHaveCount(3)
      await expect(list).toContainText('Replaced by a restore')
      await go(page, '/clients')
      await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible()
      await expect(page.getByRole('main').getByText('Heliotide').first()).toBeVisible()
      await expect(page.getByRole('main').getByText('Zenith Mutual')).toHaveCount(0)
    })

    await test.step('the diagnostics name no client', async () => {
      await go(page, '/settings?section=about')
      await page.getByRole('button', { name: 'Show diagnostics' }).click()
      const text = page.getByLabel('Diagnostics', { exact: true })
      await expect(text).toContainText('"journalRows"')
      await expect(text).not.toContainText('Northfold')
      await lookAt(page, 'diagnostics')
    })
  },
)
