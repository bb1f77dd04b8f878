import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

import { makeReader } from '../../../../electron/register/db/handles.ts'
import { checkJournal, journal, type JournalEntry } from '../../../../electron/register/db/journal.ts'
import { migrate } from '../../../../electron/register/db/migrate.ts'
import { TABLE_PROOFS, tablesProved } from '../../../../electron/register/rows/coverage.ts'
import { foldJournal } from '../../../../electron/register/rows/journal-fold.ts'
import { logicalKeyTable } from '../../../../electron/register/rows/keys.ts'
import { TABLES } from '../../../../electron/register/rows/tables.ts'
import { verifyRegister } from '../../../../electron/service/evidence/verify-register.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { settle } from '../../../fixtures/decided-rows.ts'
import { encryptedFile, newConnection, newRegister } from '../registers.ts'
import { seeded } from '../../service/seeded.ts'
import { EDITS } from './edits.ts'

/** Columns that are compared with another one of their row, of which they are the number in this register, or by a hash. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  remediation: ['origin_kind', 'origin_id'],
  review: ['policy'],
}

describe('every table of the register', () => {
  it('has a stated way in which it is proved, or none yet', () => {
    const db = new Sqlite(':memory:')
    migrate(db, { now: 0, backup: () => '' })
    const tables = makeReader(db, {}).column<string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'`,
    )
    expect([...TABLE_PROOFS.keys()].toSorted()).toEqual(tables.toSorted())
    // A table that is compared in part is not among those of which nothing is.
    expect(TABLES.filter(({ table }) => tablesProved('not-yet').includes(table))).toEqual([])
    db.close()
  })

  it('that follows from operations is compared in all columns but its number', () => {
    const db = new Sqlite(':memory:')
    migrate(db, { now: 0, backup: () => '' })
    for (const { table, columns } of TABLES.filter(({ part }) => part === undefined)) {
      const stored = makeReader(db, {}).column<string>(
        `SELECT name FROM pragma_table_info('${table}') WHERE name <> 'id'`,
      )
      const others = stored.filter((column) => OTHERWISE[table]?.includes(column) !== true)
      const compared = columns.filter((column) => column !== 'id')
      expect([table, others.length - compared.length]).toEqual([table, 0])
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
    await api.rotation.setDecoy({ keyId: second ?? 0, decoy: true, reason: 'In the wiki.' })
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
    const tables = foldJournal()
    checkJournal(reader, tables.visit)
    const unnoticed = EDITS.filter(([table, sql]) => {
      file.exec(`SAVEPOINT edit; ${sql}`)
      const problems = tables.result(reader, TODAY).flatMap((proof) => proof.problems)
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
  const keys = foldJournal([logicalKeyTable])
  checkJournal(reader, keys.visit)
  const { path } = makeRegister(all.service.context)
  const file = encryptedFile(path, all.service.context.session().key ?? new Uint8Array())
  file.pragma('foreign_keys = OFF')
  const prove = () => keys.result(makeReader(file, {}), TODAY).flatMap(({ problems }) => problems)
  expect(prove()).toEqual([])
  const unnoticed = columns.filter((column) => {
    const other = column === 'recognized' ? 1 : column.endsWith('_id') ? 2 : column === 'trigger' ? "'leak'" : "'5'"
    file.exec(`SAVEPOINT edit; UPDATE rotation SET "${column}" = ${other}`)
    const problems = prove()
    file.exec('ROLLBACK TO edit; RELEASE edit')
    return problems.length === 0
  })
  expect(unnoticed).toEqual([])
  file.close()
})

describe('of the sample agency', () => {
  const entry = (action: string, subject: string, body: JournalEntry['body']): JournalEntry => ({
    at: 7,
    operator: 'Mara',
    action,
    client: 'acme',
    subject,
    body,
  })
  const BUDGET = `INSERT INTO budget (client_id, amount, enforcement, thresholds, set_at, set_by, uid) VALUES (1, 1, 'alert', '[80]', 7, 'Mara', 'x')`

  function prove(sql: readonly string[]) {
    const register = newRegister()
    newConnection(register)
    register.transact((writer) => {
      journal(writer, entry('sample.loaded', 'Sample agency', {}))
      journal(writer, entry('client.changed', 'acme', { v: 1, colour: '#882255' }))
      for (const statement of sql) writer.run(statement)
    })
    const tables = foldJournal()
    checkJournal(register.reader, tables.visit)
    return new Map(tables.result(register.reader).map((proof) => [proof.table, proof]))
  }

  it('a connection that was added since is compared whole', () => {
    const uid = '01990000-0000-7000-8000-000000000009'
    const added = {
      v: 1,
      connectionUid: uid,
      provider: 'openai',
      platform: null,
      organizationId: null,
      label: 'New',
    } as const
    const tamper = (sql: readonly string[]) => {
      const register = newRegister()
      newConnection(register)
      register.transact((writer) => {
        journal(writer, entry('sample.loaded', 'Sample agency', {}))
        const body = { ...added, baseUrl: null, access: 'read-only' } as const
        const { connection = 0 } = settle(writer, 'connection.added', { client: 'acme', at: 7 }, body)
        journal(writer, entry('connection.added', 'New', { ...body, connection }))
        for (const statement of sql) writer.run(statement)
      })
      const tables = foldJournal()
      checkJournal(register.reader, tables.visit)
      const [proof] = tables.result(register.reader).filter(({ table }) => table.startsWith('connection'))
      return proof
    }
    expect(tamper([])).toMatchObject({ proved: 1, partly: 1, problems: [] })
    expect(tamper([`UPDATE connection SET label = 'Other' WHERE uid = '${uid}'`])?.problems).toHaveLength(1)
  })

  it('no row is in the audit log, so that only what was changed since is compared', () => {
    expect(prove([BUDGET]).get('client')?.problems).toHaveLength(1)
    const applied = prove([BUDGET, "UPDATE client SET colour = '#882255'"])
    expect([...applied.values()].flatMap(({ problems }) => problems)).toEqual([])
  })
})
