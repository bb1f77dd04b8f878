import type { Reader, Writer } from '../../../../electron/register/db/handles.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { reportEmployment } from '../../../../electron/register/people/employment.ts'
import { deriveKeys } from '../../../../electron/register/keys/derive-keys.ts'
import { evaluateFindings } from '../../../../electron/register/findings/evaluate.ts'
import { storeEvents } from '../../../../electron/register/events/log.ts'
import { insertRemediation, setSending, setState } from '../../../fixtures/remediation-rows.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { readReality } from '../../../../electron/register/plans/reality.ts'
import { effectivePolicy, setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import { activatePlan, setBudget } from '../../../fixtures/decided-rows.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import type { EventAct, EventFact, EventSubject } from '../../../../shared/domain/events/event.ts'
import type { Level } from '../../../../shared/domain/role.ts'
import type { Fact, KeyFact } from '../../../../shared/domain/facts.ts'
import type { Employment } from '../../../../shared/domain/people/employment.ts'
import { adoptPlan } from '../../../../shared/domain/plans/adopt.ts'
import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import type { RemediationAction } from '../../../../shared/domain/remediation/remediation.ts'
import type { PolicyOverride } from '../../../../shared/domain/policy.ts'
import {
  getReading,
  insertConnection,
  key,
  newRegister,
  openForRehearsals,
  type Part,
  project,
  user,
} from '../registers.ts'

export const DAY = 86_400_000
export const AT = Date.UTC(2026, 10, 1, 12)
export const ago = (days: number): number => AT - days * DAY

/** A client with one organization, read once. Omitted parts are without faults. */
export interface World {
  readonly keys?: readonly Partial<KeyFact>[]
  /** People, invites and their grants. */
  readonly people?: readonly Fact[]
  readonly projects?: readonly Fact[]
  /** Other lists that were read. */
  readonly more?: readonly Part[]
  readonly policy?: PolicyOverride
  readonly provider?: string
  readonly domains?: readonly string[]
  readonly archived?: boolean
  /** Days after the reading on which everything is evaluated again. */
  readonly later?: number
  /** HR data of accounts, by their ids; omitted values are typical. */
  readonly employment?: Readonly<Record<string, Partial<Employment>>>
  /** Earlier readings, oldest first. */
  readonly before?: readonly (readonly [days: number, world: World])[]
  /** Monthly budgets: of the client, or of a connection or a project by its id in the register. */
  readonly agreed?: readonly {
    readonly connection?: number
    readonly project?: number
    readonly amount: number
    readonly enforcement: 'hard' | 'alert'
  }[]
  /** The active plan, made from the one that is adopted from the readings. */
  readonly plan?: (adopted: Plan) => Plan
  /** Events of the provider's log; omitted values are those of a session of Ann. */
  readonly events?: readonly WorldEvent[]
  /** Changes that were sent and ended that many days ago. */
  readonly sent?: readonly SentChange[]
  /** Days since all keys were marked as decoys. */
  readonly decoys?: number
  /** Days since a review of the readings by then was opened and signed. */
  readonly reviewed?: number
}

/** An event, by what matters to a rule. */
export interface WorldEvent {
  readonly days: number
  readonly subject: EventSubject
  readonly act: EventAct
  readonly of?: string
  readonly name?: string
  readonly role?: string
  readonly level?: Level
  readonly where?: string
}

/** A change to an account, or to its role in a project, by their ids at the provider. */
interface SentChange {
  readonly days: number
  readonly action: RemediationAction
  readonly of: string
  readonly where?: string
  readonly role?: string
}

function send(writer: Writer, connectionId: number, { days, action, of, where, role }: SentChange): void {
  const find = (table: string, x: string): number =>
    writer.value<number>(`SELECT id FROM ${table} WHERE external_id = ?`, [x]) ?? 0
  const at = Math.floor(ago(days))
  const id = insertRemediation(writer, {
    connectionId,
    action,
    subject: { kind: 'principal', id: find('principal', of), name: of },
    values: JSON.stringify({
      ...(role === undefined ? {} : { role }),
      ...(where === undefined ? {} : { projectId: find('project', where) }),
    }),
    origin: { kind: 'finding', id: 1 },
    state: 'waiting',
    outcome: null,
    at,
    by: 'Mara',
  })
  setSending(writer, id, at)
  setState(writer, id, { state: 'done', outcome: null, endedAt: at })
}

function toEvent({ days, subject, act, of, name, role, level, where }: WorldEvent, n: number): EventFact {
  return {
    externalId: `event_${n}`,
    at: Math.ceil(ago(days)),
    type: `${subject}.${act}`,
    act,
    subject: { kind: subject, externalId: of ?? null, name: name ?? null },
    project: where ?? null,
    role: role ?? null,
    level: level ?? null,
    actor: { kind: 'user', externalId: 'ann', email: 'ann@acme.example', address: null, agent: null },
    detail: {},
  }
}

/** A faultless key: owned, used yesterday, new, named by the convention. */
export function goodKey(over: Partial<KeyFact> = {}): KeyFact {
  return key(over.externalId ?? over.name ?? 'key_1', {
    name: 'dev-web-api',
    ownerState: 'known',
    owner: { externalId: 'ann', kind: 'user', name: 'Ann', email: 'ann@acme.example' },
    ownerAccess: 'active',
    createdAt: ago(10),
    lastUse: { state: 'known', at: ago(1) },
    ...over,
  })
}

export function splitParts(world: World): readonly Part[] {
  const ofProject = (world.keys ?? []).map((over, n) => goodKey({ externalId: `key_${n}`, ...over }))
  return [
    { source: 'organization', facts: [{ type: 'organization', externalId: 'org_acme', name: null }] },
    { source: 'projects', facts: world.projects ?? [project('proj_a', { name: 'Web' })] },
    { source: 'users', facts: world.people ?? [user('ann')] },
    { source: 'admin-keys', facts: ofProject.filter((fact) => fact.kind === 'admin') },
    { source: 'project-keys', project: 'proj_a', facts: ofProject.filter((fact) => fact.kind !== 'admin') },
    ...(world.more ?? []),
  ]
}

/** An empty register for many worlds, each of which is rehearsed. */
export function openForWorlds(): Register {
  return openForRehearsals((writer) => enterWorld(writer, {}))
}

export function applyWorld(world: World): { readonly register: Register; readonly connectionId: number } {
  const register = newRegister()
  return { register, connectionId: register.transact((writer) => enterWorld(writer, world)) }
}

/** Enters a world into an empty register, and returns the id of its connection. */
function enterWorld(writer: Writer, world: World): number {
  const connectionId = insertConnection(writer, 'acme', world.provider ?? 'openai')
  writer.run(
    `INSERT INTO client (slug, name, kind, colour, domains, created_at) VALUES ('agency', 'Agency', 'internal', '#117733', '["agency.example"]', 0)`,
  )
  writer.run(`UPDATE client SET domains = ?, archived_at = ? WHERE slug = 'acme'`, [
    JSON.stringify(world.domains ?? ['acme.example']),
    world.archived === true ? ago(1) : null,
  ])
  const client = writer.value<number>(`SELECT id FROM client WHERE slug = 'acme'`) ?? 0
  if (world.policy) setPolicyValues(writer, client, world.policy)
  for (const [days, earlier] of world.before ?? []) {
    applyReading(writer, getReading(connectionId, splitParts(earlier), ago(days)))
  }
  if (world.reviewed !== undefined) review(writer, client, connectionId, ago(world.reviewed))
  const events = (world.events ?? []).map(toEvent)
  storeEvents(writer, { id: 0, connectionId }, { events, position: null, isEnd: false })
  applyReading(writer, getReading(connectionId, splitParts(world), AT))
  if (world.employment) employ(writer, world.employment)
  for (const { connection = null, project: of = null, amount, enforcement } of world.agreed ?? []) {
    const target = { clientId: client, connectionId: connection, projectId: of }
    setBudget(writer, target, { amount, enforcement, thresholds: [50, 100], at: AT })
  }
  if (world.decoys !== undefined) {
    writer.run(`UPDATE logical_key SET decoy_since = ?, decoy_reason = 'In the wiki'`, [ago(world.decoys)])
    deriveKeys(writer, new Set(writer.column<number>('SELECT id FROM logical_key')), false)
  }
  if (world.plan) activate(writer, client, world.plan)
  for (const change of world.sent ?? []) send(writer, connectionId, change)
  if (world.employment || world.agreed || world.decoys !== undefined || world.plan || world.sent)
    evaluateAt(writer, connectionId, AT)
  if (world.later !== undefined) evaluateAt(writer, connectionId, AT + Math.floor(world.later * DAY))
  return connectionId
}

function review(writer: Writer, client: number, connection: number, at: number): void {
  const { lastId } = writer.run(
    `INSERT INTO review (client_id, kind, name, state, opened_at, opened_by, due_on, policy, signed_at, signed_by)
     VALUES (?, 'admins', 'Admins', 'signed', ?, 'Mara', ?, '{}', ?, 'Mara')`,
    [client, at, toLocalDay(at), at],
  )
  writer.run(
    `INSERT INTO review_source (review_id, connection_id, source, label, provider, sync_id, state, fetched)
     SELECT ?, id, 'users', label, provider, (SELECT max(y.id) FROM sync y WHERE y.connection_id = connection.id AND y.finished_at <= ?), 'complete', 0
     FROM connection WHERE id = ?`,
    [lastId, at, connection],
  )
}

function activate(writer: Writer, client: number, made: (adopted: Plan) => Plan): void {
  const reality = readReality(writer, client, AT)
  const plan = made(adoptPlan({ name: 'Acme', reality, policy: effectivePolicy(writer, client) }))
  activatePlan(writer, client, { at: AT, title: 'As it was', model: plan })
}

function employ(writer: Writer, employment: NonNullable<World['employment']>): void {
  for (const [externalId, over] of Object.entries(employment)) {
    const person = writer.value<number>('SELECT person_id FROM principal WHERE external_id = ?', [externalId]) ?? 0
    reportEmployment(writer, person, {
      ...EMPLOYED,
      name: externalId,
      ...over,
      source: 'csv',
      at: AT,
      today: toLocalDay(AT),
    })
  }
}

const EMPLOYED: Employment = {
  externalId: null,
  name: '',
  status: 'employed',
  department: null,
  manager: null,
  jobTitle: null,
  contractor: false,
  startsOn: null,
  endsOn: null,
}

export function evaluateAt(writer: Writer, connectionId: number, now: number): void {
  evaluateFindings(writer, [connectionId], { now, today: toLocalDay(now) })
}

/** The names of the subjects that break a rule in a world, which an empty register has only for this question. */
export function foundBy(register: Register, rule: string, world: World): readonly string[] {
  return register.rehearse((writer) => {
    enterWorld(writer, world)
    return standing(writer, rule)
  })
}

export function standing(reader: Reader, rule: string): readonly string[] {
  return reader.column<string>('SELECT name FROM finding WHERE rule = ? AND resolved_at IS NULL ORDER BY name', [rule])
}
