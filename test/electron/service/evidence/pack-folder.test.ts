import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { newPackFolder } from '../../../../electron/service/evidence/pack-folder.ts'
import { asOrdinaryUser } from '../../../temporary/ordinary-user.ts'

it.skipIf(process.platform === 'win32')(
  'a pack whose place cannot be made to last is taken away again, with its zip: what is reported as not written is not there',
  () =>
    asOrdinaryUser(() => {
      const out = mkdtempSync(join(tmpdir(), 'out-'))
      const target = { name: 'pack', path: join(out, 'pack'), zipPath: join(out, 'pack.zip') }
      const folder = newPackFolder(target)
      folder.writeBytes('seal.json', Buffer.from('{}'))
      writeFileSync(`${folder.temporary}.zip`, 'PK')
      // Names can be given in it, but it cannot be opened, as its entries need to be written to the disk.
      chmodSync(out, 0o300)
      expect(() => folder.place(target)).toThrow(/pack/u)
      chmodSync(out, 0o700)
      expect(readdirSync(out)).toEqual([])
    }),
)
