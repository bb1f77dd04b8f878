import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { verifyPack } from '../../../../electron/service/evidence/verify-pack.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { packed } from './packs.ts'
import { isNamed, someTampering, tamper } from './tampering.ts'

/** One pack for all tests; each restores what it changed. */
let folder = ''
let files: ReadonlyMap<string, Buffer> = new Map()

beforeAll(async () => {
  folder = (await packed()).folder
  files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
})

const getFile = (name: string): Buffer => files.get(name) ?? Buffer.alloc(0)

/** Verifies the pack with a file changed, and restores it. */
async function withFile(name: string, bytes: Buffer) {
  writeFileSync(join(folder, name), bytes)
  try {
    return await verifyPack(folder)
  } finally {
    writeFileSync(join(folder, name), getFile(name))
  }
}

describe('the verification of a pack', () => {
  it('finds nothing wrong in an unchanged pack', async () => {
    const verdict = await verifyPack(folder)
    expect(verdict.problems).toEqual([])
    expect(verdict.ok).toBe(true)
    expect(verdict.rows).toBeGreaterThan(100)
    expect(verdict.fingerprint).toMatch(/^[0-9a-f]{64}$/u)
  })

  it(
    'finds every random tampering at its file and row, and reports no other file',
    async () => {
      const someFile = fc.nat().map((n) => [...files.keys()][n % files.size] ?? '')
      const runs = drillRuns('tamper-packs')
      let found = 0
      await fc.assert(
        fc.asyncProperty(someFile, someTampering, async (name, tampering) => {
          const tampered = tamper(getFile(name), tampering)
          fc.pre(tampered !== null)
          if (tampered === null) return
          const { ok, problems } = await withFile(name, tampered.bytes)
          expect(ok).toBe(false)
          expect([...new Set(problems.map(({ file }) => file))]).toEqual([name])
          const named = new Set(problems.map(({ row }) => row ?? 0))
          const isFound = (row: number): boolean =>
            name === 'head.sig'
              ? named.has(0)
              : [tampered.bytes, getFile(name)].some((bytes) => isNamed(row, named, bytes))
          expect({
            rows: tampered.rows,
            named: [...named],
            missed: tampered.rows.filter((row) => !isFound(row)),
          }).toMatchObject({ missed: [] })
          found += 1
        }),
        runs,
      )
      expect(found).toBe(runs.numRuns)
    },
    DRILL_LIMIT_MS,
  )

  it('names a file that is missing and one that does not belong', async () => {
    for (const name of files.keys()) {
      rmSync(join(folder, name))
      const { problems } = await verifyPack(folder).catch((error: unknown) => ({
        problems: [{ file: String(error), row: null }],
      }))
      writeFileSync(join(folder, name), getFile(name))
      expect([name, problems.map(({ file, row }) => [file, row])]).toEqual([name, [[name, null]]])
    }
    writeFileSync(join(folder, 'notes.txt'), 'x')
    const { problems } = await verifyPack(folder)
    rmSync(join(folder, 'notes.txt'))
    expect(problems).toEqual([{ file: 'notes.txt', row: null, says: 'The file is not part of the pack.' }])
  })
})
