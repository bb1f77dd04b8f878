import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { readContent } from '../../../../electron/cli/kit/import-input.ts'

it('the bytes of a file are read whole', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-input-')), 'file')
  const bytes = Uint8Array.from({ length: 200_000 }, (_, n) => n % 251)
  writeFileSync(path, bytes)
  expect(Buffer.from(await readContent(path)).equals(bytes)).toBe(true)
})

it('a missing file is refused with its path', async () => {
  await expect(readContent('/not/there.csv')).rejects.toMatchObject({
    message: '/not/there.csv does not exist.',
  })
})

it.skipIf(process.platform === 'win32')('an endless device is refused once it exceeds the limit of files', async () => {
  await expect(readContent('/dev/zero')).rejects.toMatchObject({
    message: 'The file /dev/zero is larger than 100 MB.',
  })
})
