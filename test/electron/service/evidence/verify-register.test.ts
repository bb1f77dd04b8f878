import { readdirSync } from 'node:fs'

import * as fc from 'fast-check'
import type { Database } from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'

import { awaitImport } from '../../../../shared/contract/import-result.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { openService, type Service } from '../../../../electron/service/process/open.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { journal } from '../../../../electron/register/db/journal.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { encryptedFile } from '../../register/registers.ts'
import { acmeParts, NOON, refused, seeded } from '../seeded.ts'
import { newProfile, recordingHost } from '../services.ts'
import { newFolder, reviewed } from './packs.ts'
import { listOtherBodies, type Row, someRowTampering, type Table, tamperRows } from './register-tampering.ts'

/** What the register's tables held before the tampering. */
type Held = Readonly<Record<Table | 'journal_head', readonly Row[]>>

/** A register of its own, and a handle on its file without any guard, as a person with the key could have one. */
async function unguarded(): Promise<{ readonly service: Service; readonly file: Database; readonly held: Held }> {
  const profile = newProfile()
  const secrets = memoryStore('')
  const before = await reviewed({ profile, secrets })
  const { reviewId } = before
  await before.api.reviews.acknowledge({ reviewId, as: 'Priya Raman' })
  const open = await before.api.reviews.open({ client: 'acme', kind: 'keys', override: 'x' })
  const { rows } = await before.api.reviews.items({ reviewId: open.reviewId })
  const items = rows.map(({ itemId }) => itemId)
  await before.api.reviews.decide({ reviewId: open.reviewId, items, decision: 'keep', why: 'first' })
  const { batch } = await before.api.reviews.decide({
    reviewId: open.reviewId,
    items,
    decision: 'unknown',
    why: 'Who is this?',
  })
  await before.api.reviews.undo({ reviewId: open.reviewId, batch })
  await before.service.close()
  // Opened without the helper, so that it stays open for all tests.
  const service = await openService({ profile, mode: 'write', host: recordingHost(), secrets, now: () => NOON })
  const file = encryptedFile(makeRegister(service.context).path, service.context.session().key ?? new Uint8Array())
  file.pragma('foreign_keys = OFF')
  const guards = file
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_head', 'review', 'review_item')`,
    )
    .pluck()
    .all() as string[]
  for (const guard of guards) file.exec(`DROP TRIGGER ${guard}`)
  const all = (table: string): readonly Row[] => file.prepare(`SELECT * FROM ${table} ORDER BY 1`).all() as Row[]
  const held = {
    journal: all('journal'),
    review: all('review'),
    review_item: all('review_item'),
    journal_head: all('journal_head'),
  }
  return { service, file, held }
}

/** Replaces the rows of a table. */
function fill(file: Database, table: string, rows: readonly Row[]): void {
  file.transaction(() => {
    file.exec(`DELETE FROM ${table}`)
    for (const row of rows) {
      const columns = Object.keys(row)
      const places = columns.map(() => '?').join(', ')
      file.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(Object.values(row))
    }
  })()
}

describe('the verification of a register', () => {
  let service: Service
  let file: Database
  let held: Held

  beforeAll(async () => {
    ;({ service, file, held } = await unguarded())
    return () => {
      file.close()
      return service.close()
    }
  })

  /** Tampers, verifies, and restores everything. */
  async function found(table: Table, rows: readonly Row[]): Promise<readonly string[]> {
    try {
      fill(file, table, rows)
      const { problems, ok } = await service.api.evidence.verifyRegister()
      expect(ok).toBe(problems.length === 0)
      return problems.map((problem) => `${problem.file} ${problem.row}`)
    } finally {
      fill(file, table, held[table])
    }
  }

  it('finds nothing wrong in an unchanged register, also with reverted decisions', async () => {
    const verdict = await service.api.evidence.verifyRegister()
    expect(verdict).toMatchObject({ ok: true, problems: [], rows: held.journal.length, fingerprint: null })
  })

  it(
    'finds every random tampering at its table and row',
    async () => {
      const runs = drillRuns('tamper-registers')
      let tampered = 0
      await fc.assert(
        fc.asyncProperty(someRowTampering, async (how) => {
          const changed = tamperRows(held[how.table], how)
          fc.pre(changed !== null)
          if (changed === null) return
          const accused = await found(how.table, changed.rows)
          const missed = changed.named.filter((row) => !accused.includes(`${how.table} ${row}`))
          expect({ accused, missed }).toMatchObject({ missed: [] })
          tampered += 1
        }),
        runs,
      )
      expect(tampered).toBe(runs.numRuns)
    },
    DRILL_LIMIT_MS,
  )

  it.each(['review.opened', 'review.decided', 'sync.applied'])(
    'names a row of the audit log about %s whose body has any other form',
    async (kind) => {
      const place = held.journal.findIndex(({ action }) => action === kind)
      const { seq, body, ...row } = held.journal[place] ?? {}
      const missed: string[] = []
      for (const other of listOtherBodies(String(body))) {
        const accused = await found('journal', held.journal.with(place, { seq: Number(seq), ...row, body: other }))
        if (!accused.includes(`journal ${seq}`)) missed.push(other)
      }
      expect(missed).toEqual([])
    },
  )

  it('finds changes of frozen data, and signs no evidence of it', async () => {
    const directory = newFolder()
    const before = file.prepare('SELECT facts FROM review_item_facts WHERE item_id = 1').pluck().get()
    file.prepare(`UPDATE review_item_facts SET facts = json_set(facts, '$.privileged', 2) WHERE item_id = 1`).run()
    const { problems } = await service.api.evidence.verifyRegister()
    const refusal = await refused(service.api.evidence.pack({ reviewId: 1, directory }))
    file.prepare('UPDATE review_item_facts SET facts = ? WHERE item_id = 1').run(before)
    expect(problems).toEqual([{ file: 'review', row: 1, says: 'Review 1 does not match the audit log: population.' }])
    expect(refusal).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('no evidence is signed') as string,
    })
    expect(readdirSync(directory)).toEqual([])
    expect(await service.api.evidence.verifyRegister()).toMatchObject({ ok: true })
  })

  it('finds a note of the end that was moved', async () => {
    for (const [column, value] of [
      ['seq', 3],
      ['hash', 'x'],
    ] as const) {
      file.prepare(`UPDATE journal_head SET ${column} = ?`).run(value)
      const { ok, problems } = await service.api.evidence.verifyRegister()
      fill(file, 'journal_head', held.journal_head)
      expect([ok, problems.map((problem) => problem.file)]).toEqual([false, ['journal']])
    }
  })

  it('finds a last review that was edited without the journal, whether a signature, a person or a file set it', async () => {
    const { api, service: own } = await reviewed()
    const reader = getReader(own.context)
    const at = (id: number) => reader.value<string | null>('SELECT last_reviewed_on FROM principal WHERE id = ?', [id])
    const ids = reader.column<number>('SELECT id FROM principal ORDER BY id')
    const dated = ids.filter((id) => at(id) !== null)
    const [signed = 0, typed = 0] = dated
    expect(dated.length).toBeGreaterThanOrEqual(2)
    await api.people.setReviewed({ principalId: typed, on: '2025-11-30' })
    await api.client.add({ name: 'Filed' })
    const content = new TextEncoder().encode('Name,Email,Role,Last Review\nAnn,ann@x.example,reader,2026-01-15\n')
    await awaitImport(
      api.files.import({ client: 'filed', kind: 'people', provider: 'openai', fileName: 'people.csv', content }),
    )
    const imported = reader.value<number>("SELECT id FROM principal WHERE last_reviewed_on = '2026-01-15'") ?? 0
    const { checked, problems: before } = await api.evidence.verifyRegister()
    expect(before).toEqual([])
    expect(checked).toContain(`the last review dates of ${dated.length + 1} accounts against the audit log`)
    const never = ids.find((id) => at(id) === null) ?? 0
    expect([signed, typed, imported, never].map((id) => at(id))).toEqual([
      '2026-04-01',
      '2025-11-30',
      '2026-01-15',
      null,
    ])
    const put = (id: number, day: string | null): void =>
      makeRegister(own.context).transact((writer) => {
        writer.run('UPDATE principal SET last_reviewed_on = ? WHERE id = ?', [day, id])
      })
    for (const id of [signed, typed, imported, never]) {
      const day = at(id) ?? null
      for (const edit of ['2026-12-24', '2020-01-01', null].filter((other) => other !== day)) {
        put(id, edit)
        const { problems } = await api.evidence.verifyRegister()
        expect(problems.map((problem) => `${problem.file} ${problem.row}`)).toEqual([`principal ${id}`])
      }
      put(id, day)
    }
  })

  it('counts a last review of the sample agency as not proved', async () => {
    const own = await seeded()
    own.read(own.connections.acme, acmeParts())
    makeRegister(own.service.context).transact((writer) => {
      journal(writer, { at: NOON, operator: 'old', action: 'sample.loaded', client: null, subject: 'Sample', body: {} })
      writer.run("UPDATE principal SET last_reviewed_on = '2024-05-05' WHERE external_id = 'u1'")
    })
    const verdict = await own.api.evidence.verifyRegister()
    expect(verdict).toMatchObject({ ok: true, problems: [] })
    expect(verdict.unchecked).toContain('the last review dates of 1 account, which the audit log does not prove')
  })
})
