import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { beginDigests } from '../../../../electron/service/evidence/digest-files.ts'
import type { FileDigest, FileToDigest } from '../../../../electron/service/evidence/digest-file.ts'
import { folderSource, type PackSource } from '../../../../electron/service/evidence/pack-source.ts'
import { ITEMS } from '../../../../shared/report/evidence-items.ts'
import { packed } from './packs.ts'

function listFiles({ files }: PackSource): readonly FileToDigest[] {
  return [...files].map(([name, size]) => {
    return { name, size, fields: name === 'items.json' ? ITEMS.fields : null, isCounted: name === 'rows.sha256' }
  })
}

function sort(digests: readonly FileDigest[]): readonly FileDigest[] {
  return digests.toSorted((a, b) => a.name.localeCompare(b.name))
}

it('the files of a pack have the same digests with a thread, without one, and with one that fails', async () => {
  const { folder } = await packed()
  const source = await folderSource(folder)
  // One that the thread, as this one, cannot read.
  rmSync(join(folder, 'population.csv'))
  const files = listFiles(source)
  const read = async (thread: Parameters<typeof beginDigests>[2]) =>
    sort(await beginDigests(source, files, thread).finish())
  const alone = await read({ small: Infinity })
  expect(alone).toHaveLength(files.length)
  expect(alone.filter(({ sha256 }) => sha256 === null)).toMatchObject([{ name: 'population.csv' }])
  expect(alone.filter(({ made }) => made !== null)).toMatchObject([{ name: 'items.json' }])
  expect(alone.find(({ name }) => name === 'rows.sha256')?.rows).toBeGreaterThan(100)
  const failing = join(import.meta.dirname, 'failing-thread.ts')
  for (const file of [{}, { file: failing }, { file: 'no-thread.ts' }]) {
    expect(await read({ ...file, small: 0 })).toEqual(alone)
  }
})
