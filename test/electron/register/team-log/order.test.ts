import { expect, it } from 'vitest'

import { checkJournal, journalHash, type JournalRow } from '../../../../electron/register/db/journal.ts'
import { checkStreams } from '../../../../electron/register/team-log/heads.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import { WAITING } from '../../../../electron/register/team-log/store.ts'
import { TABLES } from '../../../../electron/register/rows/tables.ts'
import { EFFECTIVE } from '../../../../electron/register/team-log/entry-row.ts'
import { readCountingOrder, REVIEW_ROWS, RISK_ROWS, ROWS_OF } from '../../../../electron/register/team-log/order.ts'
import { DECIDED } from '../../../../electron/register/team-log/keys.ts'
import { AUTHOR, OPENED } from '../../../../electron/register/team-log/review-authors.ts'
import { isExchanged } from '../../../../shared/team-log/rights.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { readAll } from '../../team/world.ts'
import { newBriefRegister } from '../registers.ts'
import { findProblems } from './contents.ts'
import { decideIn, foundClientTeam, foundRegisterTeam } from './registers.ts'

it('no table has rows of operations that are exchanged and of others', () => {
  for (const { table, kinds } of TABLES) expect([table, new Set(kinds.map(isExchanged)).size]).toEqual([table, 1])
})

it('waiting operations and the entries of a batch are read by indexes', () => {
  const { reader } = closeAfterTest(newBriefRegister(() => 0))
  for (const [sql, index] of [
    [WAITING, 'team_pending_stream'],
    [
      'SELECT seq FROM team_entry e WHERE e.stream = ? AND e.seq >= 5 ORDER BY e.seq LIMIT ?',
      'sqlite_autoindex_team_entry_1',
    ],
  ] as const) {
    const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ['s', 1])
    for (const { detail } of plan.filter(({ detail }) => !detail.startsWith('CORRELATED')))
      expect(detail).toContain(`INDEX ${index}`)
  }
})

it('the rows and entries about one review, the rows about the risk of one finding and those of some kinds are found by indexes', () => {
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
  expect(plan(EFFECTIVE, { stream: 's', kinds: '[]' })).toContain('SEARCH e USING INDEX team_entry_kind')
})

it('what is left of reviews until their subjects are read is not searched by an exchange without a reading or connection', async () => {
  const { own, hers, exchangeAll } = await foundClientTeam()
  await exchangeAll()
  hers.transact((writer) => {
    writer.run(
      `INSERT INTO review (client_id, kind, name, state, opened_at, opened_by, due_on, policy, uid)
       VALUES (1, 'roles', 'Roles', 'open', 1, 'anna', '2026-12-31', '{}', 'r')`,
    )
    // A line that is searched is read, and this one cannot be.
    writer.run('INSERT INTO review_left (review_id, position, item_id, line) VALUES (1, 1, 1, \'{"item":null}\')')
  })
  decideIn(own, 'Founder', { kind: 'client.changed', client: 'acme', body: { notes: 'x' } })
  await exchangeAll()
  expect(hers.reader.value("SELECT notes FROM client WHERE slug = 'acme'")).toBe('x')
})

it('a row of the audit log that has other words than the signed operation is found, also where the chain and the tables agree with it', async () => {
  const { client, own, hers, exchangeAll } = await foundClientTeam()
  decideIn(own, 'Founder', { kind: 'client.changed', client: 'acme', body: { notes: 'signed words' } })
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
    return checkStreams(hers.reader).problems.map(({ says }) => says)
  }
  const isIt = ({ action }: JournalRow): boolean => action === 'client.changed'
  const differs = expect.stringMatching(
    `Entry 1 of the stream ${client} differs from its row \\d+ of the audit log`,
  ) as string
  const body = hers.reader.value<string>("SELECT body FROM journal WHERE action = 'client.changed'") ?? ''
  expect(forge((row) => (isIt(row) ? { body: body.replace('signed', 'forged') } : {}))).toEqual([differs])
  expect(forge((row) => (isIt(row) ? { body, operator: 'Ben' } : {}))).toEqual([differs])
  expect(forge((row) => (isIt(row) ? { operator: 'Founder', subject: 'Other' } : {}))).toEqual([differs])
  expect(forge((row) => (isIt(row) ? { subject: 'client.changed' } : {}))).toEqual([])
})

it('what others decided counts before what waits, and what is void does not count', async () => {
  const { team, registers } = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'lead')
  const [own, hers] = [registers.get('Founder')!, registers.get('anna')!]
  const described = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
  decideIn(own, 'Founder', { kind: 'client.added', client: 'acme', body: { ...described, clientUid: client } })
  for (const one of [team.founder, anna]) await one.exchange()
  const rename = (register: typeof own, by: string, name: string): void =>
    decideIn(register, by, { kind: 'client.changed', client: 'acme', body: { name } })
  const names = (): readonly unknown[] =>
    [...readCountingOrder(hers.reader, ['client.changed'])].map(
      ({ body }) => (JSON.parse(body) as { name: string }).name,
    )
  const shown = (): unknown => hers.reader.value('SELECT name FROM client')

  rename(hers, 'anna', 'Hers')
  rename(own, 'Founder', 'Own')
  await team.founder.exchange()
  const readOnly = { ...anna.log, push: async () => 'overtaken' as const }
  await exchange(anna.replica, readOnly, async () => undefined)
  // The Founder's came later to this register and counts first; hers waits.
  expect(names()).toEqual(['Own', 'Hers'])
  expect(shown()).toBe('Hers')

  await team.grant(client, anna, 'reviewer')
  await anna.exchange()
  expect(names()).toEqual(['Own'])
  expect(shown()).toBe('Own')
  expect(
    hers.reader.value('SELECT void_reason FROM team_entry WHERE journal_seq IS NOT NULL AND void_reason IS NOT NULL'),
  ).toBe('not-allowed')
  // What had no effect can be read on every device.
  await team.founder.exchange()
  for (const { replica } of [team.founder, anna]) {
    const [last] = readAll(replica, client).slice(-1)
    expect(last?.verdict).toEqual({ kind: 'void', reason: 'not-allowed' })
    expect(last?.opened).toMatchObject({ kind: 'client.changed', body: { name: 'Hers' } })
  }
})
