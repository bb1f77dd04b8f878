import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { newPackFolder } from '../../../../electron/service/evidence/pack-folder.ts'
import { asOrdinaryUser } from '../../../temporary/ordinary-user.ts'

it.skipIf(process.platform === 'win32')(
  'a pack whose place cannot be made durable is removed again, with its zip: what is reported as not written does not exist',
  () =>
    asOrdinaryUser(() => {
      const out = mkdtempSync(join(tmpdir(), 'out-'))
      const target = { name: 'pack', path: join(out, 'pack'), zipPath: join(out, 'pack.zip') }
      const folder = newPackFolder(target)
      folder.writeBytes('seal.json', Buffer.from('{}'))
      writeFileSync(`${folder.draft.temporary}.zip`, 'PK')
      // Names can be created in it, but it cannot be opened, which is needed to write its entries to the disk.
      chmodSync(out, 0o300)
      expect(() => folder.place(target)).toThrow(/pack/u)
      chmodSync(out, 0o700)
      expect(readdirSync(out)).toEqual([])
    }),
)
