import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll } from 'vitest'

/** Every test file gets a folder of its own for temporary files, which is removed after it. */
const before = tmpdir()
const folder = mkdtempSync(join(before, 'f-'))
chmodSync(folder, 0o711)
process.env['TMPDIR'] = folder

afterAll(() => {
  process.env['TMPDIR'] = before
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})
