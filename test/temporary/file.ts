import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { configureGlobal } from 'fast-check'
import { afterAll, afterEach } from 'vitest'

import { countOf } from '../drills/drill.ts'
import { closeOpened } from './closing.ts'

/** Every test file gets a folder of its own for temporary files, which is removed after it. */
const before = tmpdir()
const folder = mkdtempSync(join(before, 'f-'))
chmodSync(folder, 0o711)
process.env['TMPDIR'] = folder

configureGlobal({ numRuns: countOf('properties') })

afterEach(closeOpened)

afterAll(() => {
  process.env['TMPDIR'] = before
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})
