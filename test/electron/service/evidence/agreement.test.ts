import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { beginComparison } from '../../../../electron/service/evidence/agreement.ts'
import { digestFile } from '../../../../electron/service/evidence/digest-file.ts'
import { folderSource } from '../../../../electron/service/evidence/pack-source.ts'
import { verifyPack } from '../../../../electron/service/evidence/verify-pack.ts'
import { DECISIONS } from '../../../../shared/report/evidence-items.ts'
import { packed } from './packs.ts'
import { onLine, resigned } from './resigned.ts'

let folder = ''

beforeAll(async () => {
  const all = await packed()
  await all.api.reviews.acknowledge({ reviewId: all.reviewId, as: 'Priya Raman' })
  const { path } = await all.api.evidence.pack({ reviewId: all.reviewId, directory: join(all.folder, '..') })
  folder = path
})

/** What the verification of a re-signed copy reports, each problem as `file:row`. */
async function found(edits: Parameters<typeof resigned>[1]): Promise<readonly string[]> {
  const { ok, problems } = await verifyPack(resigned(folder, edits))
  expect(ok).toBe(problems.length === 0)
  return problems.map(({ file, row }) => `${file}:${row}`)
}

const keepInstead = (line: string): string => line.replace(/(?<=[",:]")remove(?=")|(?<=,)remove(?=,)/u, 'keep')

describe('a pack that was sealed and signed again with another key', () => {
  it('is accepted unchanged, since nothing in it disagrees', async () => {
    expect(await found({})).toEqual([])
  })

  it('is refused with the row for one row changed in any CSV file', async () => {
    const tables = readdirSync(folder).filter((name) => name.endsWith('.csv'))
    expect(tables.length).toBeGreaterThanOrEqual(8)
    for (const name of tables) {
      const rows = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').length
      for (const row of new Set([1, rows])) {
        const edits = { [name]: onLine(row, (line) => line.replace(/.$/u, 'x')) }
        expect(await found(edits)).toEqual([`${name}:${row}`])
      }
    }
  })

  it('is refused for a decision in decisions.csv that decisions.json does not have', async () => {
    expect(await found({ 'decisions.csv': onLine(2, keepInstead) })).toEqual(['decisions.csv:2'])
  })

  it('is refused for a decision that both tables have and the journal does not', async () => {
    const both = { 'decisions.csv': onLine(2, keepInstead), 'decisions.json': onLine(2, keepInstead) }
    expect(await found(both)).toEqual(['decisions.json:2', 'sign-off.json:14', 'sign-off.json:16'])
  })

  it('is refused for a decision, a justification or a signature that the journal shows otherwise', async () => {
    for (const [from, to] of [
      ['"reviewer":"', '"reviewer":"Dr '],
      ['"why":"', '"why":"Not '],
      ['"decidedAt":"2026', '"decidedAt":"2025'],
      ['"decision":"remove"', '"decision":"undecided"'],
    ] as const) {
      const name = 'decisions.json'
      const problems = await found({ [name]: onLine(2, (line) => line.replace(from, to)) })
      expect([from, problems]).toEqual([from, expect.arrayContaining(['decisions.json:2'])])
    }
    const signed = await found({ 'sign-off.json': (text) => text.replace('Mara Lindqvist', 'Ines Someone') })
    expect(signed).toContain('sign-off.json:3')
  })

  it('has the problems of its decisions that are found when their file is read again', async () => {
    const edit = (row: number, from: string, to: string) => ({
      'decisions.json': onLine(row, (line) => line.replace(from, to)),
    })
    const edits = [
      {},
      edit(2, '"decision":"remove"', '"decision":"keep"'),
      edit(3, '"reviewer":"', '"reviewer":"Dr '),
      edit(3, '"item":2', '"item":7'),
      edit(3, '"item":2', '"item":"2"'),
      edit(3, '"selfReview":', '"selfReview":"" ,"more":'),
    ]
    let problems = 0
    for (const each of edits) {
      const source = await folderSource(resigned(folder, each))
      const name = 'decisions.json'
      const file = { name, size: source.files.get(name) ?? 0, fields: DECISIONS.fields, isCounted: false }
      const read = async () => {
        const comparison = await beginComparison(source)
        const { made } = await digestFile(file, source.read(name), { record: comparison.visit })
        return comparison.finish(made !== null)
      }
      const again = await (await beginComparison(source)).finish(false)
      expect(await read()).toEqual(again)
      problems += again.length
    }
    expect(problems).toBeGreaterThan(edits.length - 2)
  })

  it('is accepted without the roster of service accounts', async () => {
    expect(await found({ 'service-accounts.csv': null, 'service-accounts.json': null })).toEqual([])
  })

  it('is accepted without the fields of the operators', async () => {
    const isOlder = (line: string): boolean => !line.includes('by the operator')
    const older = (text: string): string => text.split('\n').filter(isOlder).join('\n')
    expect(readFileSync(join(folder, 'sign-off.json'), 'utf8')).toContain('Signed by the operator')
    expect(await found({ 'sign-off.json': older, 'sign-off.csv': older })).toEqual([])
  })
})
