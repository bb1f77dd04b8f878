import type { ItemFacts } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { KeyKind, OwnerState } from '../../../shared/domain/facts.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { DUE_ON, STATUS } from '../facts/key-state.ts'
import { keyCosts } from '../facts/key-cost.ts'
import { LAST_USE, type LastUseColumns, toLastUse } from '../facts/last-use.ts'
import {
  EMPLOYMENT,
  type EmploymentColumns,
  employmentOf,
  findingsOf,
  JOIN_PROJECT,
  type Part,
  PROJECT,
  type ProjectColumns,
  projectOf,
  type FrozenItem,
} from './facts.ts'

interface KeyColumns extends ConnectionRefColumns, ProjectColumns, EmploymentColumns, LastUseColumns {
  readonly position: number
  readonly id: number
  readonly external_id: string
  readonly name: string
  readonly hint: string | null
  readonly kind: KeyKind
  readonly status: string
  readonly logical_key_id: number
  readonly owner_state: OwnerState
  readonly owner_external_id: string | null
  readonly owner_name: string | null
  readonly owner_email: string | null
  readonly owner_person: number | null
  readonly created_at: number | null
  readonly expires_at: number | null
  readonly tool: string | null
  readonly last_rotated_on: Day | null
  readonly due_on: Day | null
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
  readonly contact: string | null
}

/** Items about keys of a part of the population, with their facts. */
export function keyItems(reader: Reader, part: Part): FrozenItem[] {
  const { from, to } = part
  const rows = reader.all<KeyColumns>(
    `SELECT i.position, ${CONNECTION_REF}, ${PROJECT}, ${EMPLOYMENT}, k.id, k.external_id, v.name, v.hint, v.kind, ${STATUS} AS status,
       k.logical_key_id, v.owner_state, v.owner_external_id, ifnull(v.owner_name, ov.name) AS owner_name,
       ifnull(v.owner_email, ov.email) AS owner_email, o.person_id AS owner_person, v.created_at, v.expires_at,
       ${LAST_USE}, k.tool, k.last_rotated_on, ${DUE_ON} AS due_on, ifnull(y.environment, k.environment) AS environment,
       ifnull(y.team, k.team) AS team, ifnull(y.purpose, k.purpose) AS purpose, y.contact
     FROM temp.review_population i
     JOIN key k ON k.id = i.key_id
     JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
     JOIN logical_key y ON y.id = k.logical_key_id
     JOIN connection cn ON cn.id = i.connection_id
     ${JOIN_PROJECT}
     LEFT JOIN principal o ON o.connection_id = k.connection_id AND o.external_id = v.owner_external_id
     LEFT JOIN principal_version ov ON ov.principal_id = o.id AND ov.to_sync IS NULL
     LEFT JOIN employment l ON l.person_id = o.person_id
     WHERE i.position BETWEEN :from AND :to`,
    { from, to, now: part.at },
  )
  if (rows.length === 0) return []
  const findings = findingsOf(reader, part)
  const costs = keyCosts(
    reader,
    rows.map((row) => row.id),
    part.at,
  )
  return rows.map((row) => itemOf(row, findings.get(row.position) ?? [], costs.get(row.id) ?? null))
}

function itemOf(row: KeyColumns, findings: ItemFacts['findings'], cost30Micros: number | null): FrozenItem {
  const facts: ItemFacts = {
    principal: null,
    key: {
      id: row.id,
      externalId: row.external_id,
      name: row.name,
      hint: row.hint,
      kind: row.kind,
      ...(row.tool === null ? {} : { tool: row.tool }),
      status: row.status,
      logicalKeyId: row.logical_key_id,
      owner: row.owner_name ?? row.owner_email ?? row.owner_external_id,
      ownerState: row.owner_state,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      lastRotatedOn: row.last_rotated_on,
      dueOn: row.due_on,
      environment: row.environment,
      team: row.team,
      purpose: row.purpose,
      contact: row.contact,
    },
    personId: row.owner_person,
    employment: employmentOf(row),
    connection: connectionRefOf(row),
    project: projectOf(row),
    roleNow: null,
    roleBefore: null,
    paths: [],
    privileged: row.kind === 'admin',
    grantedAt: row.created_at,
    lastUse: toLastUse(row),
    cost30Micros,
    findings,
  }
  return {
    position: row.position,
    connectionId: row.connection_id,
    principalId: null,
    keyId: row.id,
    projectId: row.project_id,
    name: row.name,
    personId: row.owner_person,
    holderName: row.owner_name,
    holderEmail: row.owner_email,
    projectName: facts.project?.name ?? null,
    lastUsedAt: row.last_used_at,
    flagged: findings.length > 0,
    facts: JSON.stringify(facts),
  }
}
