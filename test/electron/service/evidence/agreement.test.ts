import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { verifyPack } from '../../../../electron/service/evidence/verify-pack.ts'
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

const keepInstead = (line: string): string => line.replace('"decision":"remove"', '"decision":"keep"')

describe('a pack that was sealed and signed again with another key', () => {
  it('is accepted unchanged, since nothing in it disagrees', async () => {
    expect(await found({})).toEqual([])
  })

  it('is refused with the row for a line of any table that is not a record', async () => {
    const tables = readdirSync(folder).filter((name) => name.endsWith('.jsonl') && name !== 'journal.jsonl')
    expect(tables.length).toBeGreaterThanOrEqual(8)
    for (const name of tables) {
      const rows = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').length
      for (const row of new Set([1, rows])) {
        const edits = { [name]: onLine(row, (line) => line.replace(/.$/u, 'x')) }
        expect(await found(edits)).toEqual([`${name}:${row}`])
      }
    }
  })

  it('is refused for a decision that the journal does not show', async () => {
    const edits = { 'decisions.jsonl': onLine(1, keepInstead) }
    expect(await found(edits)).toEqual(['decisions.jsonl:1', 'sign-off.jsonl:13', 'sign-off.jsonl:15'])
  })

  it('is refused for a decision, a justification or a signature that the journal shows otherwise', async () => {
    for (const [from, to] of [
      ['"reviewer":"', '"reviewer":"Dr '],
      ['"why":"', '"why":"Not '],
      ['"decidedAt":"2026', '"decidedAt":"2025'],
      ['"decision":"remove"', '"decision":"undecided"'],
    ] as const) {
      const problems = await found({ 'decisions.jsonl': onLine(1, (line) => line.replace(from, to)) })
      expect([from, problems]).toEqual([from, expect.arrayContaining(['decisions.jsonl:1'])])
    }
    const signed = await found({ 'sign-off.jsonl': (text) => text.replace('Mara Lindqvist', 'Ines Someone') })
    expect(signed).toContain('sign-off.jsonl:2')
  })

  it('is refused for a record with a value that is not of a table', async () => {
    for (const value of ['{"toString":1}', '[1]', '{}']) {
      const edit = onLine(1, (line) => line.replace('"item":1', `"item":${value}`))
      expect(await found({ 'decisions.jsonl': edit })).toEqual(['decisions.jsonl:1'])
    }
  })

  it('is refused with a file of another form, without its decisions, and without a header', async () => {
    for (const name of ['items.csv', 'decisions.json', 'more.txt'])
      expect(await found({ [name]: () => '"Item"\n1\n' })).toEqual([`${name}:null`])
    expect(await found({ 'decisions.jsonl': null })).toEqual(['decisions.jsonl:null'])
    expect(await found({ 'sign-off.jsonl': null })).toEqual(['sign-off.jsonl:null'])
    expect(await found({ 'header.jsonl': null })).toEqual(['header.jsonl:null'])
    expect((await found({ 'header.jsonl': () => '' })).length).toBeGreaterThan(0)
  })

  it('is accepted without the roster of service accounts', async () => {
    expect(await found({ 'service-accounts.jsonl': null })).toEqual([])
  })

  it('is accepted without the fields of the operators', async () => {
    const isOlder = (line: string): boolean => !line.includes('by the operator')
    const older = (text: string): string => text.split('\n').filter(isOlder).join('\n')
    expect(readFileSync(join(folder, 'sign-off.jsonl'), 'utf8')).toContain('Signed by the operator')
    expect(await found({ 'sign-off.jsonl': older })).toEqual([])
  })
})
