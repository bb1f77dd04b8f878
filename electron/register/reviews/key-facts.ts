import { z } from 'zod'

import { instant } from '../../../shared/contract/common.ts'
import { type ItemFacts, itemFacts } from '../../../shared/contract/reviews.ts'
import { KEY_END_STATES } from '../../../shared/domain/facts.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { JOIN_OWNER } from '../facts/key-holder.ts'
import { END_STATE } from '../facts/key-end.ts'
import { DUE_ON, keyStatus } from '../facts/key-state.ts'
import { keyCosts } from '../facts/key-cost.ts'
import { EMPLOYMENT, listFindings, JOIN_PROJECT, type Part, type FrozenItem } from './facts.ts'
import { LAST_USE_REF } from '../facts/last-use.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'

const columns = itemFacts
  .pick({ personId: true, employment: true, connection: true, project: true, lastUse: true })
  .extend({
    position: z.number().int(),
    key: itemFacts.shape.key.unwrap(),
    tool: z.string().nullable(),
    ownerName: z.string().nullable(),
    ownerEmail: z.string().nullable(),
    endState: z.enum(KEY_END_STATES),
    lastUsedAt: instant.nullable(),
  })

/** Items about keys of a part of the population, with their facts. */
export function keyItems(reader: Reader, part: Part): FrozenItem[] {
  const { from, to } = part
  const rows = readRows(
    reader,
    columns,
    `SELECT i.position, ${CONNECTION_REF}, ${PROJECT_REF}, ${EMPLOYMENT}, k.id AS "key.id", k.external_id AS "key.externalId",
       k.name AS "key.name", k.hint AS "key.hint", k.kind AS "key.kind", k.tool, ${keyStatus('k')} AS "key.status",
       k.logical_key_id AS "key.logicalKeyId", coalesce(k.owner_name, oa.name, k.owner_email, oa.email, k.owner_external_id) AS "key.owner",
       k.owner_state AS "key.ownerState", k.created_at AS "key.createdAt", k.expires_at AS "key.expiresAt", ${END_STATE('cn.provider', 'k.')} AS endState,
       k.last_rotated_on AS "key.lastRotatedOn", ${DUE_ON} AS "key.dueOn", k.environment AS "key.environment",
       k.team AS "key.team", k.purpose AS "key.purpose", k.contact AS "key.contact",
       ifnull(k.owner_name, oa.name) AS ownerName, ifnull(k.owner_email, oa.email) AS ownerEmail, o.person_id AS personId,
       ${LAST_USE_REF}, k.last_used_at AS lastUsedAt
     FROM temp.review_population i
     JOIN key_row k ON k.id = i.key_id
     JOIN connection cn ON cn.id = i.connection_id
     ${JOIN_PROJECT}
     ${JOIN_OWNER}
     LEFT JOIN employment l ON l.person_id = o.person_id
     WHERE i.position BETWEEN :from AND :to`,
    { from, to, now: part.at },
  )
  if (rows.length === 0) return []
  const findings = listFindings(reader, part)
  const costs = keyCosts(
    reader,
    rows.map((row) => row.key.id),
    part.at,
  )
  return rows.map((row) => toItem(row, findings.get(row.position) ?? [], costs.get(row.key.id) ?? null))
}

function toItem(
  row: z.infer<typeof columns>,
  findings: ItemFacts['findings'],
  cost30Micros: number | null,
): FrozenItem {
  const { position, personId, employment, connection, project, lastUse, tool, endState } = row
  const { id, externalId, name, hint, kind, ...key } = row.key
  const facts: ItemFacts = {
    principal: null,
    key: {
      id,
      externalId,
      name,
      hint,
      kind,
      ...(tool === null ? {} : { tool }),
      ...key,
      ...(endState === 'not-reported' ? { endState } : {}),
    },
    personId,
    employment,
    connection,
    project,
    roleNow: null,
    roleBefore: null,
    paths: [],
    privileged: kind === 'admin',
    grantedAt: key.createdAt,
    lastUse,
    cost30Micros,
    findings,
  }
  return {
    position,
    connectionId: connection.id,
    name,
    personId,
    holderName: row.ownerName,
    holderEmail: row.ownerEmail,
    projectName: project?.name ?? null,
    lastUsedAt: row.lastUsedAt,
    flagged: findings.length > 0,
    facts,
  }
}
