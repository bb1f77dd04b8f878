import { createHash } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  checkJournal,
  GENESIS,
  journal,
  journalAll,
  type JournalEntry,
  journalHash,
  journalHead,
  type JournalRow,
} from '../../../../electron/register/db/journal.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'
import { newBriefRegister, newRegister } from '../registers.ts'
import { anyString } from '../../../any-string.ts'
import { drillRuns } from '../../../drills/drill.ts'

/** Any text, including lone surrogates. */
const text = fc.string({
  unit: fc.oneof(anyString({ minLength: 1, maxLength: 1 }), fc.constantFrom('\ud800', '\udfff', '\0')),
  maxLength: 12,
})

const someEntry: fc.Arbitrary<JournalEntry> = fc.record({
  at: fc.maxSafeNat(),
  operator: text,
  action: fc.constantFrom('key.rotated', 'credential.set'),
  client: fc.option(text, { nil: null }),
  subject: text,
  body: fc.dictionary(text, fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }) as fc.Arbitrary<Json>, { maxKeys: 3 }),
})

const entry = (n: number): JournalEntry => ({
  at: n,
  operator: 'Mara',
  action: 'key.rotated',
  client: n % 2 === 0 ? 'acme' : null,
  subject: `key ${n}`,
  body: { n },
})

function write(register: Register, entries: readonly JournalEntry[]): void {
  for (const each of entries) register.transact((writer) => journal(writer, each))
}

/** Removes the guards, as an attacker with the key would. */
function tamper(register: Register, sql: string, params: readonly (string | number)[] = []): void {
  register.transact((writer) => {
    const guards = writer.column<string>(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_head')",
    )
    for (const guard of guards) writer.run(`DROP TRIGGER ${guard}`)
    writer.run(sql, params)
  })
}

/** The rows that a check reports. */
function accused(register: Register): number[] {
  return [...new Set(checkJournal(register.reader).problems.map(({ row }) => row ?? 0))]
}

describe('the journal', () => {
  it('accepts rows, and neither deletes nor changes one', () => {
    const register = newRegister()
    write(register, [entry(1), entry(2)])
    const attempts = [
      "UPDATE journal SET subject = 'other'",
      'UPDATE journal SET seq = seq + 10',
      'UPDATE OR REPLACE journal SET hash = previous WHERE seq = 2',
      'DELETE FROM journal WHERE seq = 2',
      'DELETE FROM journal',
    ]
    for (const sql of attempts) {
      expect(() => register.transact((writer) => writer.run(sql))).toThrow('The journal is append-only')
    }
    expect(checkJournal(register.reader)).toEqual({ rows: 2, problems: [] })
  })

  it('does not allow a row to be replaced by one with its number', () => {
    const register = newRegister()
    write(register, [entry(1), entry(2)])
    const over =
      "INSERT OR REPLACE INTO journal SELECT seq, at, operator, action, client, 'other', body, previous, hash || 'x' FROM journal WHERE seq = 1"
    expect(() => register.transact((writer) => writer.run(over))).toThrow('The journal is append-only')
    expect(checkJournal(register.reader)).toEqual({ rows: 2, problems: [] })
  })

  it('is a chain that can be verified with SHA-256 and RFC 8785', () => {
    const register = newRegister()
    write(register, [entry(1), entry(2)])
    let previous = GENESIS
    for (const { hash, previous: reported, ...row } of register.reader.all<JournalRow>(
      'SELECT * FROM journal ORDER BY seq',
    )) {
      const line = `{"action":"key.rotated","at":${row.at},"body":${JSON.stringify(row.body)},"client":${JSON.stringify(row.client)},"operator":"Mara","seq":${row.seq},"subject":"key ${row.seq}"}`
      expect(reported).toBe(previous)
      expect(hash).toBe(createHash('sha256').update(previous).update(line).digest('hex'))
      previous = hash
    }
  })

  it('stays valid whatever is written to it: punctuation, null bytes, lone surrogates', () => {
    fc.assert(
      fc.property(fc.array(someEntry, { maxLength: 6 }), (entries) => {
        const register = newBriefRegister(() => 0)
        try {
          write(register, entries)
          expect(checkJournal(register.reader)).toEqual({ rows: entries.length, problems: [] })
          const bodies = register.reader.column<string>('SELECT body FROM journal ORDER BY seq')
          expect(bodies).toEqual(entries.map(({ body }) => canonicalJson(body)))
        } finally {
          register.close()
        }
      }),
      drillRuns('tamper-audit-logs'),
    )
  })

  it('finds the row in which any byte of any column was changed', () => {
    const column = fc.constantFrom('at', 'operator', 'action', 'client', 'subject', 'body', 'previous', 'hash')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), column, fc.nat(200), (row, name, at) => {
        const register = newBriefRegister(() => 0)
        try {
          write(
            register,
            [1, 2, 3, 4, 5].map((n) => ({ ...entry(n), client: 'acme' })),
          )
          const before = String(register.reader.value(`SELECT ${name} FROM journal WHERE seq = ?`, [row]))
          const place = at % before.length
          // One digit or letter replaced by another, so that the text still fits its column.
          const other = before[place] === '1' ? '2' : '1'
          fc.pre(name !== 'body' || /[a-z\d]/u.test(before[place] ?? ''))
          const after = `${before.slice(0, place)}${other}${before.slice(place + 1)}`
          tamper(register, `UPDATE journal SET ${name} = ? WHERE seq = ?`, [name === 'at' ? Number(after) : after, row])
          // The row after a changed hash does not match either.
          expect(accused(register)).toEqual(name === 'hash' && row < 5 ? [row, row + 1] : [row])
        } finally {
          register.close()
        }
      }),
      drillRuns('tamper-audit-logs'),
    )
  })

  it('finds the place of a row that was removed, inserted, or swapped with another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (row, step) => {
        const lost = newBriefRegister(() => 0)
        const closed = newBriefRegister(() => 0)
        const swapped = newBriefRegister(() => 0)
        const all = [lost, closed, swapped]
        try {
          for (const register of all) write(register, [1, 2, 3, 4, 5].map(entry))
          tamper(lost, 'DELETE FROM journal WHERE seq = ?', [row])
          expect(accused(lost)).toContain(row)
          // Renumbering to close the gap breaks the hash of the row that moved up.
          tamper(closed, 'DELETE FROM journal WHERE seq = ?', [row])
          tamper(closed, 'UPDATE journal SET seq = seq - 1 WHERE seq > ?', [row])
          expect(accused(closed)[0]).toBe(row)
          const other = ((row - 1 + step) % 5) + 1
          fc.pre(other !== row)
          tamper(swapped, 'UPDATE journal SET seq = CASE seq WHEN ? THEN -1 ELSE -2 END WHERE seq IN (?, ?)', [
            row,
            row,
            other,
          ])
          tamper(swapped, 'UPDATE journal SET seq = CASE seq WHEN -1 THEN ? ELSE ? END WHERE seq < 0', [other, row])
          expect(accused(swapped)).toEqual(expect.arrayContaining([row, other]))
        } finally {
          for (const register of all) register.close()
        }
      }),
      drillRuns('tamper-audit-logs'),
    )
    const forged = newBriefRegister(() => 0)
    write(forged, [1, 2, 3].map(entry))
    tamper(forged, 'UPDATE journal SET seq = seq + 1 WHERE seq = 3')
    tamper(
      forged,
      "INSERT INTO journal SELECT 3, at, operator, action, client, 'put in', body, hash, 'abc' FROM journal WHERE seq = 2",
    )
    expect(accused(forged)).toEqual([3, 4])
    forged.close()
  })

  it('appends many rows like single ones', () => {
    const one = newRegister()
    const many = newRegister()
    write(one, [1, 2, 3].map(entry))
    expect(many.transact((writer) => journalAll(writer, [1, 2, 3].map(entry)))).toBe(3)
    const readRows = (register: Register): unknown => register.reader.all('SELECT * FROM journal')
    expect(readRows(many)).toEqual(readRows(one))
    expect(many.transact((writer) => journalAll(writer, []))).toBe(3)
  })

  it('finds last rows that were cut off, and rows that were added after its end', () => {
    const cut = newRegister()
    write(cut, [1, 2, 3, 4].map(entry))
    tamper(cut, 'DELETE FROM journal WHERE seq > 2')
    expect(checkJournal(cut.reader)).toEqual({
      rows: 2,
      problems: [{ row: 3, says: 'Rows 3 to 4 were cut off the end of the audit log.' }],
    })
    const grown = newRegister()
    write(grown, [1, 2].map(entry))
    const { seq, hash } = journalHead(grown.reader)
    const row = { ...entry(3), seq: seq + 1, body: '{}', previous: hash }
    tamper(
      grown,
      'INSERT INTO journal (seq, at, operator, action, client, subject, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [
        row.seq,
        row.at,
        row.operator,
        row.action,
        'acme',
        row.subject,
        row.body,
        row.previous,
        journalHash({ ...row, client: 'acme' }),
      ],
    )
    expect(accused(grown)).toEqual([3])
    const unnoted = newRegister()
    tamper(unnoted, 'DELETE FROM journal_head')
    expect(accused(unnoted)).toEqual([0])
  })

  it('does not allow the note of its end to be moved back or deleted', () => {
    const register = newRegister()
    write(register, [1, 2].map(entry))
    const attempts = [
      'UPDATE journal_head SET seq = 1',
      'UPDATE journal_head SET seq = seq',
      'DELETE FROM journal_head',
    ]
    for (const sql of attempts) {
      expect(() => register.transact((writer) => writer.run(sql))).toThrow('The journal is append-only')
    }
  })

  it('rolls back together with the change that it records', () => {
    const register = newRegister()
    const work = (): void =>
      register.transact((writer) => {
        journal(writer, entry(1))
        throw new Error('no')
      })
    expect(work).toThrow('no')
    expect(checkJournal(register.reader)).toEqual({ rows: 0, problems: [] })
  })
})
