import { resolve } from 'node:path'

import { findElectron } from '../../build/steps/electron-binary.mjs'
import { expect, test } from './fixtures.ts'

const missing = findElectron(resolve(import.meta.dirname, '../..')) === null
const reason = process.env['CASTELLAN_ELECTRON_MISSING'] || "Electron's binary is not here"

test.describe('on Electron', () => {
  test.skip(missing, `${reason}; to try again: npm run setup -- --retry-electron`)

  test('the window opens in a sandbox without Node', async ({ product }) => {
    await expect(product.page).toHaveTitle(/Castellan/u)
    expect(
      await product.page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, location.origin]),
    ).toEqual(['undefined', 'app://register'])
  })
})
