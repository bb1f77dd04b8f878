import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

import { makeReader } from '../../../../electron/register/db/handles.ts'
import { checkJournal, journal, type JournalEntry } from '../../../../electron/register/db/journal.ts'
import { migrate } from '../../../../electron/register/db/migrate.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { TABLE_PROOFS, tablesProved } from '../../../../electron/register/read/proof/coverage.ts'
import { keysByJournal } from '../../../../electron/register/read/proof/keys.ts'
import { PROVED_TABLES, tablesByJournal } from '../../../../electron/register/read/proof/proof.ts'
import { verifyRegister } from '../../../../electron/service/evidence/verify-register.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { encryptedFile, newConnection, newRegister } from '../registers.ts'
import { seeded } from '../../service/seeded.ts'
import { EDITS } from './edits.ts'

/** Tables whose rows are compared by a name that is one of their columns. */
const KEYED: ReadonlySet<string> = new Set(['client', 'report_setting'])

/** Columns that are compared with another one of their row, of which they are the number in this register. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = { remedy: ['origin_kind', 'origin_id'] }

describe('every table of the register', () => {
  it('has a stated way in which it is proved, or none yet', () => {
    const db = new Sqlite(':memory:')
    migrate(db, { now: 0, backup: () => '' })
    const tables = makeReader(db, {}).column<string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'`,
    )
    expect([...TABLE_PROOFS.keys()].toSorted()).toEqual(tables.toSorted())
    // A table that is compared in part is not among those of which nothing is.
    expect(PROVED_TABLES.filter(({ table }) => tablesProved('not-yet').includes(table))).toEqual([])
    db.close()
  })

  it('that follows from operations is compared in all columns but its number', () => {
    const db = new Sqlite(':memory:')
    migrate(db, { now: 0, backup: () => '' })
    for (const { table, columns } of PROVED_TABLES.filter(({ part }) => part === undefined)) {
      const stored = makeReader(db, {}).column<string>(
        `SELECT name FROM pragma_table_info('${table}') WHERE name <> 'id'`,
      )
      // A key of the comparison, such as the slug or the uid, is a column that is not compared again.
      const others = stored.filter((column) => NUMBERS[table]?.includes(column) !== true)
      expect([table, others.length - columns.length]).toEqual([table, KEYED.has(table) ? 1 : 0])
    }
    db.close()
  })
})

const TODAY = '2026-04-01'

describe('an edited row of a table that follows from operations', () => {
  async function decided() {
    const all = await seeded()
    const { api, connections } = all
    await api.client.update({ slug: 'acme', notes: 'Calls on Mondays' })
    await api.client.archive({ slug: 'borealis' })
    await api.client.restore({ slug: 'borealis' })
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
    await api.connection.remove({ id })
    await api.reports.set({ client: 'acme', values: { weekly: true } })
    await api.views.save({ list: 'keys', name: 'Old keys', search: { q: 'prod' } })
    await api.budgets.set({ client: 'acme', connection: connections.acme, amount: 990_000 })
    await api.prices.set({ model: 'gpt-5', from: '2026-01-01', input: 1, output: 2 })
    const { rows: findings } = await api.findings.list({ certainty: 'all' })
    for (const { findingId } of findings.slice(0, 2))
      await api.findings.accept({ findingId, until: '2026-05-01', reason: 'Known.', confirm: 'ACCEPT 1' })
    const { entries } = await api.today.list({})
    const { entryId: entry = '' } = entries.find(({ kind }) => kind === 'connection') ?? {}
    await api.today.note({ entry, note: 'Asked.' })
    await api.today.snooze({ entry, until: '2026-04-20', reason: 'On leave.' })
    const { rows: keys } = await api.keys.list({ sort: { by: 'name', direction: 'asc' } })
    const [first, second] = keys.map(({ keyId }) => keyId)
    await api.rotation.set({ keyId: first ?? 0, team: 'Platform', dueOn: '2026-05-01' })
    await api.rotation.markMany({ keys: [first ?? 0, second ?? 0], note: 'Ticket 12' })
    await api.rotation.set({ keyId: second ?? 0, dueOn: '2026-06-01' })
    await api.rotation.snooze({ keyId: second ?? 0, until: '2026-04-20' })
    const { row, plan } = await api.plan.create({ client: 'acme', from: { kind: 'template', template: 'exercise' } })
    const { planId } = row
    await api.plan.save({ planId, version: 1, plan: { ...plan, name: 'Acme' } })
    await api.plan.restore({ planId, version: 1 })
    const organization = plan.organizations[0]?.name ?? ''
    await api.planApply.bindOrganization({ planId, organization, connectionId: connections.acme })
    await api.planApply.answerRename({ planId, part: 'project', planned: 'Web', subjectId: 1, same: false })
    makeRegister(all.service.context).transact((writer) =>
      writer.run(
        "INSERT INTO person_match (id, person_id, other_id, reason, state, found_at) VALUES (1, 1, 2, 'one-file', 'open', 0)",
      ),
    )
    await api.people.decideMatch({ matchId: 1, state: 'rejected' })
    const { mergeId } = await api.people.merge({ keep: 1, other: 2 })
    await api.people.split({ mergeId })
    for (const id of [first ?? 0, second ?? 0]) {
      const key = { kind: 'key', id } as const
      await api.remediation.add({ action: 'key-delete', subject: key, origin: key })
    }
    await api.remediation.markByHand({ remediationId: 2 })
    const { context } = all.service
    const file = encryptedFile(makeRegister(context).path, context.session().key ?? new Uint8Array())
    file.pragma('foreign_keys = OFF')
    return { ...all, file, verdict: () => verifyRegister(context) }
  }

  it('is not there in an unedited register, and the tables are named as proved', async () => {
    const { verdict, file } = await decided()
    const { problems, checked, unchecked } = verdict()
    expect(problems).toEqual([])
    for (const table of tablesProved('operations'))
      expect(checked.join('; ')).toMatch(new RegExp(`\\b${table}\\b`, 'u'))
    for (const table of tablesProved('not-yet')) expect(unchecked.join('; ')).toMatch(new RegExp(`\\b${table}\\b`, 'u'))
    file.close()
  })

  it('is found, whatever is edited, with the table that it is in', async () => {
    const { file } = await decided()
    const reader = makeReader(file, {})
    const keys = keysByJournal()
    const tables = tablesByJournal()
    checkJournal(reader, (row) => {
      tables.visit(row)
      keys.visit(row)
    })
    const unnoticed = EDITS.filter(([table, sql]) => {
      file.exec(`SAVEPOINT edit; ${sql}`)
      const problems = [...tables.result(reader), ...keys.result(reader, TODAY)].flatMap((proof) => proof.problems)
      file.exec('ROLLBACK TO edit; RELEASE edit')
      return !problems.some((problem) => problem.table === table && problem.says.includes('audit log'))
    })
    expect(unnoticed).toEqual([])
    file.close()
  })

  it('makes the verification of the register fail', async () => {
    const { verdict, file } = await decided()
    for (const [, sql] of [EDITS[0], EDITS.at(-1)].filter((edit) => edit !== undefined)) file.exec(sql)
    file.close()
    expect(new Set(verdict().problems.map((problem) => problem.file))).toEqual(new Set(['client', 'usage_folder']))
  })
})

it('every column of a rotation is compared, as those of tables that follow from operations alone', async () => {
  const all = await seeded()
  const { reader } = makeRegister(all.service.context)
  const [{ keyId } = { keyId: 0 }] = (await all.api.keys.list({})).rows
  await all.api.rotation.mark({ keyId })
  const columns = reader.column<string>("SELECT name FROM pragma_table_info('rotation') WHERE name <> 'id'")
  const keys = keysByJournal()
  checkJournal(reader, keys.visit)
  const { path } = makeRegister(all.service.context)
  const file = encryptedFile(path, all.service.context.session().key ?? new Uint8Array())
  file.pragma('foreign_keys = OFF')
  const prove = () => keys.result(makeReader(file, {}), TODAY).flatMap(({ problems }) => problems)
  expect(prove()).toEqual([])
  const unnoticed = columns.filter((column) => {
    const other = column === 'recognised' ? 1 : column.endsWith('_id') ? 2 : column === 'trigger' ? "'leak'" : "'5'"
    file.exec(`SAVEPOINT edit; UPDATE rotation SET "${column}" = ${other}`)
    const problems = prove()
    file.exec('ROLLBACK TO edit; RELEASE edit')
    return problems.length === 0
  })
  expect(unnoticed).toEqual([])
  file.close()
})

describe('rows of the journal from before their kinds were operations', () => {
  const CLIENT = { at: 0, operator: 'Mara', action: 'client.added', client: 'acme', subject: 'acme' }
  const CONNECTION = { ...CLIENT, action: 'connection.added', subject: 'acme openai' }
  const CONNECTED = { connection: 1, provider: 'openai', baseUrl: null, access: 'read-only' }

  function prove(register: Register) {
    const tables = tablesByJournal()
    checkJournal(register.reader, tables.visit)
    return new Map(tables.result(register.reader).map((proof) => [proof.table, proof]))
  }
  function older(entries: readonly JournalEntry[], sql: readonly string[]): Register {
    const register = newRegister()
    newConnection(register)
    register.transact((writer) => {
      const first = [
        { ...CLIENT, body: { kind: 'client', domains: [] } },
        { ...CONNECTION, body: CONNECTED },
      ]
      for (const entry of [...first, ...entries]) journal(writer, entry)
      for (const statement of sql) writer.run(statement)
    })
    return register
  }
  const entry = (action: string, subject: string, body: JournalEntry['body'], at = 7): JournalEntry => ({
    at,
    operator: 'Mara',
    action,
    client: 'acme',
    subject,
    body,
  })
  const SET = entry('budget.set', 'acme', { budget: 1, usd: '1,250.00', enforcement: 'alert', thresholds: [80] })
  const BUDGET = (amount: number): string =>
    `INSERT INTO budget (client_id, amount, enforcement, thresholds, set_at, set_by, uid) VALUES (1, ${amount}, 'alert', '[80]', 7, 'Mara', 'x')`

  it('prove what they recorded: a budget by its amount in words, a client by its name', () => {
    const sound = prove(older([SET], [BUDGET(1_250_000_000)]))
    expect(sound.get('budget')).toMatchObject({ proved: 0, partly: 1, problems: [] })
    expect(sound.get('client')).toMatchObject({ proved: 0, partly: 1, problems: [] })
    const edited = prove(older([SET], [BUDGET(1_250_000_001), "UPDATE client SET name = 'Other'"]))
    expect(edited.get('budget')?.problems).toMatchObject([
      { row: 1, says: expect.stringContaining('amount') as string },
    ])
    expect(edited.get('client')?.problems).toMatchObject([{ row: 1, says: expect.stringContaining('name') as string }])
  })

  it('prove what was set of a connection, and of one that a file made only its client', () => {
    const rows = [
      entry('connection.changed', 'acme openai', { connection: 1, label: 'Second' }),
      entry('file.imported', 'register.md', { organizations: [{ heading: 'Acme', connection: 2 }] }),
    ]
    const stored = (label: string, client: number) => [
      `UPDATE connection SET label = '${label}' WHERE id = 1`,
      `INSERT INTO client (id, slug, name, kind, colour, created_at) VALUES (2, 'other', 'Other', 'client', '#000000', 0)`,
      `INSERT INTO connection (client_id, provider, label, access, created_at, uid) VALUES (${client}, 'aws', 'Acme', 'read-only', 7, 'x')`,
    ]
    const of = (register: Register) => prove(register).get('connection (all but what the provider reports of it)')
    expect(of(older(rows, stored('Second', 1)))).toMatchObject({ proved: 1, partly: 1, problems: [] })
    expect(of(older(rows, stored('Third', 2)))?.problems).toMatchObject([
      { row: 1, says: expect.stringContaining('label') as string },
      { row: 2, says: expect.stringContaining('client') as string },
    ])
    expect(of(older([], stored('acme openai', 1)))?.problems).toMatchObject([{ row: 2 }])
  })

  it('do not excuse a row that they do not show, nor one that was cleared', () => {
    expect(prove(older([], [BUDGET(1)])).get('budget')?.problems).toHaveLength(1)
    const cleared = [SET, entry('budget.cleared', 'acme', { budget: 1, usd: '1,250.00' })]
    expect(prove(older(cleared, [BUDGET(1_250_000_000)])).get('budget')?.problems).toHaveLength(1)
    expect(prove(older(cleared, [])).get('budget')?.problems).toEqual([])
  })

  it('leave views as they are, since they do not name the one of several in a list', () => {
    const view = `INSERT INTO saved_view (list, name, search, saved_at, uid) VALUES ('keys', 'Old', '{}', 7, 'x')`
    expect(prove(older([], [view])).get('saved_view')?.problems).toHaveLength(1)
    const saved = entry('view.saved', 'Old', { list: 'keys', search: '{}' })
    expect(prove(older([saved], [view])).get('saved_view')).toMatchObject({ partly: 1, problems: [] })
  })

  it('prove what was decided about entries of Today whose names have no number, but for their facts', () => {
    const hidden = (until: string): string =>
      `INSERT INTO today_state (client_id, entry, hidden, until, reason, facts, by, at) VALUES (1, 'usage', 'snoozed', '${until}', 'Known.', '{}', 'Mara', 7)`
    const merged = `INSERT INTO today_state (client_id, entry, note) VALUES (1, 'leaver-mara@acme.example', 'Asked.')`
    const rows = [
      entry('today.noted', 'Mara left', { entry: 'leaver-1', note: 'Asked.' }),
      entry('today.snoozed', 'Usage', { entry: 'usage', until: '2026-05-01', reason: 'Known.' }),
    ]
    const sound = prove(older(rows, [hidden('2026-05-01'), merged]))
    expect(sound.get('today_state')).toMatchObject({ proved: 0, partly: 2, problems: [] })
    expect(prove(older(rows, [hidden('2027-05-01'), merged])).get('today_state')?.problems).toMatchObject([
      { says: expect.stringContaining('until') as string },
    ])
    const noted = { v: 1, entry: 'leaver-mara@acme.example', note: 'Answered.' }
    const later = prove(older([...rows, entry('today.noted', 'Mara left', noted)], [hidden('2026-05-01'), merged]))
    expect(later.get('today_state')?.problems).toMatchObject([{ says: expect.stringContaining('note') as string }])
  })

  it('prove of a change at a provider what was done with it, also by operations that came later', () => {
    const item = { remedy: 1, action: 'member-remove', says: 'Remove Tomas.', subject: { kind: 'connection', id: 1 } }
    const rows = [
      entry('remedy.added', 'Tomas', item, 5),
      entry('remedy.sending', 'Tomas', item, 6),
      entry('remedy.unsure', 'Tomas', { ...item, outcome: 'No answer.' }, 7),
    ]
    const stored = (state: string, outcome: string, endedAt: number) =>
      `INSERT INTO remedy (connection_id, action, subject_kind, subject_id, subject_name, state, outcome, added_at, added_by, sent_at, ended_at, uid)
       VALUES (1, 'member-remove', 'connection', 1, 'Tomas', '${state}', '${outcome}', 5, 'Mara', 6, ${endedAt}, 'u')`
    const of = (entries: readonly JournalEntry[], row: string) => prove(older(entries, [row])).get('remedy')
    expect(of(rows, stored('unsure', 'No answer.', 7))).toMatchObject({ proved: 0, partly: 1, problems: [] })
    expect(of(rows, stored('done', 'Done.', 7))?.problems).toMatchObject([
      { row: 1, says: 'Remediation item 1 does not match the audit log: state, outcome.' },
    ])
    expect(of([], stored('unsure', 'No answer.', 7))?.problems).toHaveLength(1)
    const failed = entry('remedy.failed', 'Tomas', { ...item, v: 1, remedyUid: 'u', outcome: 'A sync shows it.' }, 9)
    expect(of([...rows, failed], stored('failed', 'A sync shows it.', 9))).toMatchObject({ partly: 1, problems: [] })
    expect(of([...rows, failed], stored('unsure', 'No answer.', 7))?.problems).toHaveLength(1)
  })

  it('prove merges of people and rejected pairs by the numbers that they had', () => {
    const rows = [
      entry('person.match-rejected', 'Mara', { person: 2, other: 1, otherName: 'Tomas', reason: 'name' }, 5),
      entry('person.merged', 'Mara', { merge: 1, kept: 1, other: 3, otherName: 'M.', otherEmail: null }),
      entry('person.split', 'Mara', { merge: 1, kept: 1, other: 3, otherName: 'M.' }, 9),
    ]
    const stored = (by: string) => [
      `INSERT INTO person (id, name, created_at) VALUES (1, 'Mara', 0), (2, 'Tomas', 0), (3, 'M.', 0)`,
      `INSERT INTO person_merge (id, kept_id, other_id, given_up, merged_at, merged_by, split_at) VALUES (1, 1, 3, '{}', 7, '${by}', 9)`,
      `INSERT INTO person_match (person_id, other_id, reason, state, found_at, decided_at, decided_by) VALUES (1, 2, 'name', 'rejected', 0, 5, '${by}')`,
    ]
    const sound = prove(older(rows, stored('Mara')))
    expect(sound.get('person_merge (who was merged and split)')).toMatchObject({ partly: 1, problems: [] })
    expect(sound.get('person_match (pairs that were rejected)')).toMatchObject({ proved: 1, problems: [] })
    const edited = [...prove(older(rows, stored('another person'))).values()].flatMap(({ problems }) => problems)
    expect(edited.map(({ table }) => table)).toEqual(['person_merge', 'person_match'])
  })

  it('prove plans but for what the versions held, and the answers about names not at all', () => {
    const rows = [
      entry('plan.created', 'Ours', { plan: 1, version: 1, says: 'Made' }),
      entry('plan.renamed', 'Ours', { plan: 1, part: 'project', planned: 'Web', subjectId: 1, same: true }),
      entry('plan.put in force', 'Ours', { plan: 1, version: 1 }),
      entry('plan.bound', 'Ours', { plan: 1, organization: 'Acme ', connection: 1 }),
    ]
    const stored = (title: string) => [
      `INSERT INTO plan (id, client_id, title, in_force, created_at) VALUES (1, 1, '${title}', 1, 7)`,
      `INSERT INTO plan_version VALUES (1, 1, '{}', 0, 0, 0, 0, 0, 'Made', 7, 'Mara', NULL, NULL, 0)`,
      `INSERT INTO project (connection_id, external_id) VALUES (1, 'proj_a')`,
      `INSERT INTO plan_same VALUES (1, 'project', 'web', 1, 1)`,
      `INSERT INTO plan_binding VALUES (1, 'acme', 1)`,
    ]
    const sound = prove(older(rows, stored('Ours')))
    const count = ({ proved = 0, partly = 0, problems = [] as readonly unknown[] } = {}) => [proved, partly, problems]
    expect(['plan', 'plan_version', 'plan_binding', 'plan_same'].map((table) => count(sound.get(table)))).toEqual([
      [0, 1, []],
      [0, 1, []],
      [1, 0, []],
      [0, 1, []],
    ])
    expect(prove(older(rows, stored('Other'))).get('plan')?.problems).toHaveLength(1)
  })

  it('of the sample agency are none, so that only what was changed since is compared', () => {
    const loaded = entry('sample.loaded', 'Sample agency', {})
    const changed = entry('client.changed', 'acme', { v: 1, colour: '#882255' })
    expect(prove(older([loaded, changed], [BUDGET(1)])).get('client')?.problems).toHaveLength(1)
    const applied = prove(older([loaded, changed], [BUDGET(1), "UPDATE client SET colour = '#882255'"]))
    expect([...applied.values()].flatMap(({ problems }) => problems)).toEqual([])
  })
})
