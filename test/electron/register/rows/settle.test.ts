import { expect, it } from 'vitest'

import type { Writer } from '../../../../electron/register/db/handles.ts'
import { checkJournal, journal } from '../../../../electron/register/db/journal.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { foldJournal } from '../../../../electron/register/rows/journal-fold.ts'
import { planTable, planVersionTable } from '../../../../electron/register/rows/plans.ts'
import { remediationTable } from '../../../../electron/register/rows/remediation.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import type { Operation } from '../../../../shared/decisions/operations.ts'
import { newRegister } from '../registers.ts'

const uid = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A decision that a test makes; its schema is not asked. */
type Told = Pick<Operation, 'kind'> & { readonly body: object }

const toOperation = ({ kind, body }: Told, at: number): Operation =>
  ({ kind, at, operator: 'Mara', client: 'acme', subject: 'Acme', body: { v: 1, ...body } }) as unknown as Operation

function decide(writer: Writer, ...all: readonly Told[]): void {
  for (const [at, told] of all.entries()) {
    const { kind: action, body, ...row } = toOperation(told, at + 1)
    const numbers = settleDecision(writer, toOperation(told, at + 1))
    journal(writer, {
      ...row,
      action,
      body: { ...body, ...numbers } as unknown as Parameters<typeof journal>[1]['body'],
    })
  }
}

const CLIENT = { name: 'Acme', kind: 'client', colour: '#123456', domains: [], notes: '' }
const CONNECTION = { provider: 'openai', platform: null, organizationId: null, label: 'Acme', baseUrl: null }
const ADDED: readonly Told[] = [
  { kind: 'client.added', body: { clientUid: uid(1), ...CLIENT } },
  { kind: 'connection.added', body: { connectionUid: uid(2), ...CONNECTION, access: 'read-only' } },
]

const of = (plan: number) => ({ planUid: uid(plan) })
const version = (n: number) => ({ versionUid: uid(n), errors: 0, warnings: 0, says: 'Saved' })
const MODEL = { name: 'Acme', organizations: [], projects: [] }
const create = (plan: number, title: string): Told => ({
  kind: 'plan.created',
  body: { ...of(plan), title, ...version(plan + 100), model: MODEL },
})

function holding(...all: readonly Told[]): Register {
  const register = newRegister()
  register.transact((writer) => decide(writer, ...ADDED, ...all))
  return register
}

it('a plan whose name another one takes while both are mended has the name and the end that were decided', () => {
  const register = holding(
    create(10, 'Old'),
    create(11, 'Same'),
    { kind: 'plan.removed', body: of(11) },
    { kind: 'plan.renamed', body: { ...of(10), title: 'Same', was: 'Old' } },
  )
  const tables = foldJournal([planTable])
  checkJournal(register.reader, tables.visit)
  register.transact((writer) => {
    writer.run("UPDATE plan SET title = 'Old' WHERE uid = ?", [uid(10)])
    writer.run('UPDATE plan SET removed_at = NULL WHERE uid = ?', [uid(11)])
    tables.mend(writer)
  })
  expect(tables.result(register.reader).flatMap(({ problems }) => problems)).toEqual([])
})

it('an organization of a plan that is bound to a connection which is not here has no connection until that arrives', () => {
  const bound = (connection: string): Told => ({
    kind: 'plan.bound',
    body: { ...of(10), organization: 'acme', connectionUid: connection },
  })
  const { reader } = holding(create(10, 'Plan'), bound(uid(2)), bound(uid(3)))
  expect(reader.value('SELECT count(*) FROM plan_binding')).toBe(0)
})

it('a field of a decision that is left undefined stays as it was', () => {
  const { reader } = holding({ kind: 'client.changed', body: { name: undefined, notes: 'Calls on Mondays' } })
  expect(reader.get('SELECT name, notes FROM client')).toEqual({ name: 'Acme', notes: 'Calls on Mondays' })
})

it('a saved version reads its parent and the newest versions, and no others', () => {
  const save = (n: number): Told => ({
    kind: 'plan.saved',
    body: { ...of(10), ...version(n), parentUid: uid(n - 1), model: MODEL },
  })
  const saved = Array.from({ length: 8 }, (_, n) => save(n + 111))
  const { reader } = holding(create(10, 'Plan'), ...saved)
  expect(reader.get('SELECT max(version) AS last, sum(draft) AS drafts FROM plan_version')).toEqual({
    last: 9,
    drafts: 0,
  })
  const next = { ...toOperation(save(119), 99), placed: { author: { member: null, name: 'Mara' }, at: -1, seen: null } }
  expect(planVersionTable.readGroup(reader, next)).toHaveLength(1)
})

it('a change that is added reads the item of its request, and not all items of its connection', () => {
  const add = (n: number): Told => ({
    kind: 'remediation.added',
    body: {
      remediationUid: uid(n),
      action: 'user-invite',
      says: 'Invite',
      connection: 'Acme',
      connectionUid: uid(2),
      subject: { kind: 'connection', uid: uid(2) },
      values: { email: `${n}@acme.example` },
      origin: null,
      state: 'waiting',
      outcome: null,
    },
  })
  const { reader } = holding(...Array.from({ length: 5 }, (_, n) => add(n + 200)))
  expect(reader.value('SELECT count(*) FROM remediation')).toBe(5)
  const again = { ...add(300), body: { ...add(202).body, remediationUid: uid(300) } }
  const decision = { ...toOperation(again, 99), placed: { author: { member: null, name: 'Mara' }, at: -1, seen: null } }
  expect(remediationTable.readGroup(reader, decision).map(({ key }) => key)).toEqual([uid(202)])
})
