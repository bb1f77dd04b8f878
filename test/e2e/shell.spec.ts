import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from './fixtures.ts'

test('the built window opens on an empty profile, and the service stores its data', async ({ product }) => {
  await expect(product.page).toHaveTitle(/Castellan/u)
  await expect(product.page.getByRole('button', { name: /sample agency/iu })).toBeVisible()
  const page = await product.reopen()
  await expect(page.getByRole('button', { name: /sample agency/iu })).toBeVisible()
  const register = await readFile(join(product.profile, 'register.db'))
  expect(register.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
})
