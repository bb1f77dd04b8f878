import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { DESCRIPTION_FILE, SIGNATURE_FILE } from '../../../../electron/service/updates/description.ts'
import { verifyOffline } from '../../../../electron/service/updates/offline.ts'

const KEY = {} as Parameters<typeof verifyOffline>[1]

describe.skipIf(process.platform === 'win32')('a package that is verified without a network', () => {
  it.each(['package.deb', DESCRIPTION_FILE, SIGNATURE_FILE])(
    'is refused immediately where %s is a pipe without a writer',
    async (pipe) => {
      const folder = mkdtempSync(join(tmpdir(), 'castellan-offline-'))
      for (const name of ['package.deb', DESCRIPTION_FILE, SIGNATURE_FILE]) {
        if (name === pipe) execFileSync('mkfifo', [join(folder, name)])
        else writeFileSync(join(folder, name), '{}')
      }
      await expect(verifyOffline(join(folder, 'package.deb'), KEY)).rejects.toThrow(/is not a plain file\./u)
    },
  )
})
