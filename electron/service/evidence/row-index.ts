import { PACK } from '../../../shared/report/evidence-pack.ts'
import { eachLine } from './lines.ts'
import type { PackSource } from './pack-source.ts'
import { computeDigest, digestOfHex, newDigests, type GrowingDigests, type RowDigests } from './row-diff.ts'
import { rowLine } from './seal-pack.ts'

/** Files with more rows than this are not searched row by row. */
const MOST_ROWS = 20_000_000

/**
 * The rows that each file should have, by `rows.sha256`; null where it is missing. Lines in another form are left out.
 */
export async function readRowIndex(source: PackSource): Promise<ReadonlyMap<string, RowDigests> | null> {
  if (!source.files.has(PACK.rows)) return null
  const files = new Map<string, GrowingDigests>()
  let rows = 0
  await quietly(
    eachLine(source.read(PACK.rows), (line) => {
      const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1', 0, 200)
      const match = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._-]{0,99}):\d+\n$/u.exec(text)
      const [, hash, name] = match ?? []
      if (hash === undefined || name === undefined || (rows += 1) > MOST_ROWS) return
      const digests = files.get(name) ?? newDigests()
      files.set(name, digests)
      digests.add(digestOfHex(hash))
    }),
  )
  return files
}

/** The rows of a file. One that cannot be unpacked completely is read as far as possible. */
export async function readRows(source: PackSource, name: string): Promise<RowDigests> {
  const digests = newDigests()
  await quietly(
    eachLine(source.read(name), (line) => {
      if (digests.count < MOST_ROWS) digests.add(computeDigest(line))
    }),
  )
  return digests
}

/** The rows that `rows.sha256` should have, generated from the files that it covers, in their order. */
export async function remadeRows(source: PackSource, names: readonly string[]): Promise<RowDigests> {
  const { createHash } = await import('node:crypto')
  const digests = newDigests()
  for (const name of names.toSorted()) {
    let row = 0
    await quietly(
      eachLine(source.read(name), (line) => {
        row += 1
        if (digests.count < MOST_ROWS) {
          digests.add(computeDigest(`${rowLine(createHash('sha256').update(line).digest('hex'), name, row)}\n`))
        }
      }),
    )
  }
  return digests
}

async function quietly(work: Promise<void>): Promise<void> {
  // A zip whose data is damaged breaks off; the rows before that are known.
  await work.catch(() => undefined)
}
