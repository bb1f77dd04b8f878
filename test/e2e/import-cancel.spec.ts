import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { keyed } from '../../electron/register/db/database-file.ts'
import { readKeyFile } from '../../electron/secrets/register-key-file.ts'
import { keyOfRecoveryCode } from '../../electron/secrets/recovery-code.ts'
import { profilePaths } from '../../electron/service/profile/paths.ts'
import { ask } from './ask.ts'
import { startWithoutConnection } from './connecting.ts'
import { expect, test } from './fixtures.ts'
import { lookAt } from './looking.ts'

/** Enough for a thread of its own. */
const ROWS = 2500

test('an import that is cancelled in the window leaves nothing in the register, and can be run again', async ({
  product,
}) => {
  const { page, profile, folder } = product
  await startWithoutConnection(page, 'Acme Corp')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('link', { name: 'Import & export' }).click()
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  const path = join(folder, 'keys.csv')
  const lines = Array.from({ length: ROWS }, (_, n) => `prod-web-${n},key_${n},Ann,Search`)
  await writeFile(path, ['Name,Key ID,Owner,Purpose', ...lines, ''].join('\n'))
  await page.locator('input[type=file]').setInputFiles(path)
  const start = page.getByRole('button', { name: 'Import 2,500 rows' })
  await expect(start).toBeVisible()

  // Another process holds the register for writing, so that the import waits where it is to be cancelled.
  const key = keyOfRecoveryCode(readKeyFile(profile)?.text ?? '')
  if (!key.ok) throw new Error('The profile has no key file.')
  const other = keyed(profilePaths(profile).register, key.key, false)
  try {
    other.exec('BEGIN IMMEDIATE')
    await start.click()
    await expect(page.getByText('Comparing 2,500 rows with the register')).toBeVisible()
    await lookAt(page, 'files-import-running')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden()
  } finally {
    other.exec('ROLLBACK')
    other.close()
  }
  await expect(start).toBeEnabled()
  expect(await ask(profile, 'key', 'list')).toEqual([])

  await start.click()
  await expect(page.getByText('Imported', { exact: true })).toBeVisible()
  expect(await ask(profile, 'key', 'list')).toHaveLength(ROWS)
})
