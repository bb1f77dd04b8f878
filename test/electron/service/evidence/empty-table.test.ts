import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { verifyPack } from '../../../../electron/service/evidence/verify-pack.ts'
import { acmeParts, seeded } from '../seeded.ts'
import { newFolder, toCsv } from './packs.ts'

/** A table without records is a file without bytes, which has no line in the list of rows. */
const EMPTY = 'closures.jsonl'

let pack = ''

beforeAll(async () => {
  const { api, read, connections } = await seeded()
  read(connections.acme, acmeParts())
  const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'roles', override: 'The lists are short here.' })
  const { rows } = await api.reviews.items({ reviewId })
  await api.reviews.decide({ reviewId, items: rows.map(({ itemId }) => itemId), decision: 'keep', why: 'Needed.' })
  await api.reviews.sign({ reviewId, as: 'Mara Lindqvist' })
  pack = (await api.evidence.pack({ reviewId, directory: newFolder() })).path
})

async function problemsAfter(change: (folder: string) => void): Promise<readonly string[]> {
  const folder = newFolder()
  cpSync(pack, folder, { recursive: true })
  change(folder)
  const { problems } = await verifyPack(folder)
  return problems.map(({ file, row, says }) => `${file}:${row} ${says}`)
}

function breakLine(folder: string, name: string): number {
  const text = readFileSync(join(folder, 'manifest.sha256'), 'utf8')
  const row = text.split('\n').findIndex((line) => line.endsWith(`  ${name}`)) + 1
  const broken = text.replace(new RegExp(`^.(?=.*  ${name}$)`, 'mu'), (digit) => (digit === '0' ? '1' : '0'))
  writeFileSync(join(folder, 'manifest.sha256'), broken)
  return row
}

describe('a pack with a table without records', () => {
  it('is sound, and its CSV file has the headings', async () => {
    expect(readFileSync(join(pack, EMPTY), 'utf8')).toBe('')
    expect(await problemsAfter(() => undefined)).toEqual([])
    expect(await toCsv(pack, 'closures')).toEqual([])
  })

  it('has a changed line of the manifest named, and not the table', async () => {
    let row = 0
    const problems = await problemsAfter((folder) => {
      row = breakLine(folder, EMPTY)
    })
    expect(problems).toEqual([`manifest.sha256:${row} Row ${row} was changed.`])
  })

  it('has the table named that is missing, also where the manifest was changed', async () => {
    const missing = `${EMPTY}:null The file is missing.`
    expect(await problemsAfter((folder) => rmSync(join(folder, EMPTY)))).toEqual([missing])
    const both = await problemsAfter((folder) => {
      rmSync(join(folder, EMPTY))
      breakLine(folder, 'items.jsonl')
    })
    expect(both[0]).toBe(missing)
    expect(both.slice(1).every((problem) => /^manifest\.sha256:\d+ Row \d+ was changed\.$/u.test(problem))).toBe(true)
  })

  it('has the row named that was inserted', async () => {
    const problems = await problemsAfter((folder) => appendFileSync(join(folder, EMPTY), '{}\n'))
    expect(problems).toEqual([`${EMPTY}:1 Row 1 was inserted.`])
  })
})
