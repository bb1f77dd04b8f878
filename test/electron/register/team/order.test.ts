import { expect, it } from 'vitest'

import { checkJournal, journalHash, type JournalRow } from '../../../../electron/register/db/journal.ts'
import { TABLES } from '../../../../electron/register/rows/tables.ts'
import { checkLogs } from '../../../../electron/register/team/heads.ts'
import { DECIDED } from '../../../../electron/register/team/keys.ts'
import { readCountingOrder, REVIEW_ROWS, RISK_ROWS, ROWS_OF } from '../../../../electron/register/team/order.ts'
import { AUTHOR, OPENED } from '../../../../electron/register/team/review-authors.ts'
import { isExchanged } from '../../../../shared/team/rights.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { newBriefRegister } from '../registers.ts'
import { findProblems } from './contents.ts'
import { decideIn, foundClientTeam, readOnly } from './registers.ts'

it('no table has rows of operations that are exchanged and of others', () => {
  for (const { table, kinds } of TABLES) expect([table, new Set(kinds.map(isExchanged)).size]).toEqual([table, 1])
})

it('the rows about one review, the rows about the risk of one finding and those of some kinds are found by indexes', () => {
  const { reader } = closeAfterTest(newBriefRegister(() => 0))
  const plan = (sql: string, params: Parameters<typeof reader.all>[1]): string =>
    reader
      .all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params)
      .map(({ detail }) => detail)
      .join('; ')
  const author = { reviewUid: 'r', action: 'review.signed', batchUid: null }
  for (const found of [plan(REVIEW_ROWS, ['r']), plan(OPENED, ['r']), plan(AUTHOR, author)]) {
    expect(found).toContain('SEARCH j USING INDEX journal_of_review')
    expect(found).not.toContain('SCAN')
  }
  const finding = { connectionUid: 'c', rule: 'r', kind: 'key', externalId: null, cause: '1' }
  const risk = plan(RISK_ROWS, finding)
  expect(risk).toContain('SEARCH j USING INDEX journal_of_finding (<expr>=? AND <expr>=? AND <expr>=?)')
  expect(risk).not.toContain('SCAN')
  for (const found of [plan(ROWS_OF, { actions: '[]' }), plan(DECIDED, ['[]'])]) {
    expect(found).toMatch(/SEARCH (?:j|journal) USING (?:COVERING )?INDEX journal_action/u)
    expect(found.replaceAll('SCAN json_each', '')).not.toContain('SCAN')
  }
})

it('what is left of reviews until their subjects are read is not searched by an exchange without a reading or connection', async () => {
  const { founder, hers, exchangeAll } = await foundClientTeam()
  await exchangeAll()
  hers.transact((writer) => {
    writer.run(
      `INSERT INTO review (client_id, kind, name, state, opened_at, opened_by, due_on, policy, uid)
       VALUES (1, 'roles', 'Roles', 'open', 1, 'anna', '2026-12-31', '{}', 'r')`,
    )
    // A line that is searched is read, and this one cannot be.
    writer.run('INSERT INTO review_left (review_id, position, item_id, line) VALUES (1, 1, 1, \'{"item":null}\')')
  })
  decideIn(founder, { kind: 'client.changed', client: 'acme', body: { notes: 'x' } })
  await exchangeAll()
  expect(hers.reader.value("SELECT notes FROM client WHERE slug = 'acme'")).toBe('x')
})

it('a row of the audit log that has other words than the signed operation is found, also where the chain and the tables agree with it', async () => {
  const { client, founder, hers, exchangeAll } = await foundClientTeam()
  decideIn(founder, { kind: 'client.changed', client: 'acme', body: { notes: 'signed words' } })
  await exchangeAll()
  expect(findProblems(hers)).toEqual([])
  const forge = (change: (row: JournalRow) => Partial<JournalRow>): readonly string[] => {
    hers.transact((writer) => {
      for (const name of writer.column<string>(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_head')",
      ))
        writer.run(`DROP TRIGGER ${name}`)
      let previous: string | null = null
      for (const row of writer.all<JournalRow>('SELECT * FROM journal ORDER BY seq')) {
        const next = { ...row, ...change(row), previous: previous ?? row.previous }
        const hash = journalHash(next)
        const { body, operator, subject, seq } = next
        writer.run('UPDATE journal SET body = ?, operator = ?, subject = ?, previous = ?, hash = ? WHERE seq = ?', [
          body,
          operator,
          subject,
          next.previous,
          hash,
          seq,
        ])
        previous = hash
      }
      writer.run('UPDATE journal_head SET hash = ?', [previous])
    })
    expect(checkJournal(hers.reader).problems).toEqual([])
    return checkLogs(hers.reader).problems.map(({ says }) => says)
  }
  const isIt = ({ action }: JournalRow): boolean => action === 'client.changed'
  const differs = expect.stringMatching(`of the log ${client}: .*row \\d+ of the audit log`) as string
  const body = hers.reader.value<string>("SELECT body FROM journal WHERE action = 'client.changed'") ?? ''
  expect(forge((row) => (isIt(row) ? { body: body.replace('signed', 'forged') } : {}))).toEqual([differs])
  expect(forge((row) => (isIt(row) ? { body, operator: 'Ben' } : {}))).toEqual([differs])
  expect(forge((row) => (isIt(row) ? { operator: 'Founder', subject: 'Other' } : {}))).toEqual([differs])
  expect(forge((row) => (isIt(row) ? { subject: 'client.changed' } : {}))).toEqual([])
})

it('what others decided counts before what waits, and what has no effect does not count', async () => {
  const { team, founder, anna, client, own, hers, exchangeAll } = await foundClientTeam()
  await team.grant(client, anna, 'lead')
  await exchangeAll()
  const pin = (by: typeof anna, note: string): void =>
    decideIn(by, { kind: 'today.noted', client: 'acme', body: { entry: 'connection', note } })
  const notes = (): readonly unknown[] =>
    [...readCountingOrder(hers.reader, ['today.noted'])].map(({ body }) => (JSON.parse(body) as { note: string }).note)
  const shown = ({ reader }: typeof hers): unknown => reader.value('SELECT note FROM today_state')

  pin(anna, 'Hers')
  pin(founder, 'Own')
  await founder.exchange()
  await readOnly(anna)
  // The founder's came later to this register and counts first; hers waits.
  expect(notes()).toEqual(['Own', 'Hers'])
  expect(shown(hers)).toBe('Hers')

  await team.grant(client, anna, 'viewer')
  await anna.exchange()
  expect(notes()).toEqual(['Own'])
  expect([own, hers].map(shown)).toEqual(['Own', 'Own'])
  const refused = 'SELECT no_effect FROM team_operation WHERE journal_seq IS NOT NULL AND no_effect IS NOT NULL'
  expect(hers.reader.value(refused)).toBe('no-right')
  expect(findProblems(hers)).toEqual([])
})
