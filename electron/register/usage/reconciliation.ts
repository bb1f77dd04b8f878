import { z } from 'zod'

import { type ClientRef, clientRef, id } from '../../../shared/contract/common.ts'
import { type Cost, inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { USAGE_ROLLUPS, toFirstDay } from '../../../shared/domain/usage/rollups.ts'
import type { ProjectName } from '../../../shared/domain/usage/project-match.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'
import type { UsageSource } from '../../../shared/domain/usage/source.ts'
import { usageOwners } from './by.ts'

/**
 * Use of one day, project and model, of one connection or (0) from a client's internal records. Words are as reported.
 */
export interface SpentCell {
  readonly clientId: number
  readonly connectionId: number
  readonly day: number
  readonly project: string
  /** The last known name of the project. */
  readonly projectName: string | null
  readonly model: string
  readonly requests: number
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly cost: number
  readonly estimate: number
}

const BY_PROJECT_AND_MODEL = USAGE_ROLLUPS[5]

/**
 * All usage of a month from one source in scope, by day, project and model. Months count from January 1970. One
 * statement.
 */
export function spentCells(reader: Reader, scope: Scope, source: UsageSource, month: number): readonly SpentCell[] {
  const owners = usageOwners(scope, source)
  const cells = reader.all<SpentCell & Cost>(
    `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text})
     SELECT u.client_id AS clientId, u.connection_id AS connectionId, u.period AS day, p.word AS project, p.name AS projectName, m.word AS model,
       u.requests, u.input, u.cached, u.cache_write AS cacheWrite, u.output, u.cost, u.cost_nano AS costNano, u.estimate
     FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
       AND u.period BETWEEN :from AND :to
     JOIN usage_name p ON p.id = u.a JOIN usage_name m ON m.id = u.b`,
    {
      face: BY_PROJECT_AND_MODEL.code,
      from: toFirstDay(month),
      to: toFirstDay(month + 1) - 1,
      ...owners.params,
    },
  )
  return inWholeMicros(cells)
}

export interface ReconciliationProject extends ProjectName {
  readonly ref: number | null
}

/** The projects of a client that the register holds or held, with their last names. */
export function listProjects(reader: Reader, clientId: number): readonly ReconciliationProject[] {
  return reader.all<ReconciliationProject>(
    `SELECT p.external_id AS id, ifnull((SELECT r.name FROM project_now r WHERE r.id = p.id), n.name) AS name, p.id AS ref
     FROM project p JOIN connection cn ON cn.id = p.connection_id AND cn.client_id = :client
     LEFT JOIN usage_name n ON n.client_id = :client AND n.dimension = 'project' AND n.word = p.external_id`,
    { client: clientId },
  )
}

const clientColumns = z.object({ id, client: clientRef })

/** Names and colours of clients, by id. */
export function clientsById(reader: Reader, ids: readonly number[]): ReadonlyMap<number, ClientRef> {
  const rows = readRows(
    reader,
    clientColumns,
    `SELECT c.id, ${CLIENT_REF} FROM client c WHERE c.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  )
  return new Map(rows.map(({ id, client }) => [id, client]))
}
