import type { KeylessFilter, KeylessRow } from '../../../shared/contract/keyless.ts'
import { issuerPlatform } from '../../../shared/domain/federation/issuers.ts'
import type { Certainty } from '../../../shared/domain/certainty.ts'
import { type Day, getDay, type Moment } from '../../../shared/domain/day.ts'
import { findUse, WORDED } from '../../../shared/domain/keyless/assess.ts'
import { findLastDay } from '../../../shared/domain/keyless/last-day.ts'
import { findNamedUse, type Platform } from '../../../shared/domain/keyless/platforms.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, idsParam } from '../db/scope.ts'
import { ACCEPTS_WORKLOADS, MAY_BE_PLANNED, PLANNED, READ_AT, RULE_SINCE } from './facts.ts'
import { readUseDays } from './use-days.ts'

/** The keys of a plan by id, each at the same place in every array: as far as the plan is filtered, sorted and counted. */
export interface Plan {
  readonly ids: readonly number[]
  readonly connections: readonly number[]
  readonly names: readonly string[]
  readonly lastDays: readonly Day[]
  readonly states: readonly KeylessRow['state'][]
  readonly certainties: readonly Certainty[]
  readonly platforms: readonly (Platform | null)[]
}

/** By what the keys are read; a plan is filtered by the rest without reading it again. */
export type PlanQuery = Pick<KeylessFilter, 'client' | 'connection' | 'search'>

interface Columns {
  readonly id: number
  readonly connection: number
  readonly name: string
  readonly purpose: string | null
  readonly project: number | null
  readonly account: string | null
  readonly accountName: string | null
  readonly issuer: string | null
  readonly since: number | null
  readonly dueOn: string | null
  readonly expiresAt: number | null
  /** Null where it has a due day. */
  readonly readAt: number | null
}

const SQL = `SELECT k.id, k.connection_id AS connection, k.name, k.purpose,
    k.project_id AS project, iif(o.id IS NULL, NULL, ifnull(oa.name, o.external_id)) AS account, oa.name AS accountName,
    f.issuer, ${RULE_SINCE} AS since, k.due_on AS dueOn, k.expires_at AS expiresAt, iif(k.due_on IS NULL, ${READ_AT}, NULL) AS readAt
  FROM ${PLANNED}
  WHERE k.id IN (SELECT x.id FROM key x INDEXED BY key_summary WHERE x.standing = 1 
      AND x.connection_id IN (SELECT value FROM json_each(:connections)))
    AND ${MAY_BE_PLANNED} ORDER BY k.id`

/** The keys of the plan of a scope: one pass over its keys that reads only what is used here. */
export function readPlan(reader: Reader, query: PlanQuery, { now, today }: Moment): Plan {
  const inScope = connectionsInScope(query)
  const connections = reader
    .column<number>(
      `SELECT cn.id FROM connection cn WHERE cn.id IN (${inScope.text}) AND ${ACCEPTS_WORKLOADS}`,
      inScope.params,
    )
    .filter((id) => query.connection === undefined || query.connection === id)
  const days = readUseDays(reader, { connections }, now)
  const projects = readProjects(reader, connections)
  // Accounts, projects and purposes are those of many keys; most names are those of one.
  const findKnown = remembering((text: string | null) => findNamedUse(text ?? ''))
  const getKnownDay = remembering(getDay)
  const isFound = toCondition(query)
  const plan = {
    ids: [] as number[],
    connections: [] as number[],
    names: [] as string[],
    lastDays: [] as Day[],
    states: [] as KeylessRow['state'][],
    certainties: [] as Certainty[],
    platforms: [] as (Platform | null)[],
  }
  const keys = reader.iterate<Columns>(SQL, {
    now,
    connections: idsParam(connections),
  })
  for (const { id, connection, name, account, issuer, since, dueOn, expiresAt, readAt, ...key } of keys) {
    const project = key.project === null ? null : (projects.get(key.project) ?? null)
    const texts = {
      name: findNamedUse(name),
      purpose: findKnown(key.purpose),
      account: findKnown(account),
      project: findKnown(project),
    }
    const use = findUse({
      words: WORDED.map(([text]) => texts[text]),
      isAccount: account !== null,
      rulePlatform: issuer === null ? null : issuerPlatform(issuer),
      days: days.get(id) ?? null,
    })
    if (use === null || !isFound(name, project, key.accountName)) continue
    const { on } = findLastDay({
      today,
      dueOn,
      expiresOn: expiresAt === null ? null : getDay(expiresAt),
      readOn: readAt === null ? today : getKnownDay(readAt),
      ruleSince: since === null ? null : getKnownDay(since),
    })
    plan.ids.push(id)
    plan.connections.push(connection)
    plan.names.push(name)
    plan.lastDays.push(on)
    plan.states.push(issuer === null ? 'static' : 'beside')
    plan.certainties.push(use.certainty)
    plan.platforms.push(use.platform)
  }
  return plan
}

function readProjects(reader: Reader, connections: readonly number[]): ReadonlyMap<number, string> {
  const rows = reader.all<{ readonly id: number; readonly name: string }>(
    `SELECT pr.id, pr.name FROM project_ref pr
     WHERE pr.connection_id IN (SELECT value FROM json_each(:connections))`,
    { connections: idsParam(connections) },
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function toCondition({ search }: PlanQuery): (...texts: readonly (string | null)[]) => boolean {
  const text = search?.trim().toLowerCase() ?? ''
  return text === '' ? () => true : (...texts) => texts.some((each) => (each ?? '').toLowerCase().includes(text))
}

/** Makes a function that works out each answer once. */
function remembering<A, B>(work: (given: A) => B): (given: A) => B {
  const known = new Map<A, B>()
  return (given) => {
    const before = known.get(given)
    if (before !== undefined) return before
    const answer = work(given)
    known.set(given, answer)
    return answer
  }
}
