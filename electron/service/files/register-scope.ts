import type { Moment } from '../../../shared/domain/day.ts'
import type { RegisterScope } from '../../../shared/report/register-document.ts'
import type { OrganizationReading } from '../../../shared/report/register-reading.ts'
import { getClient } from '../../register/clients/client.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import { type OrganizationPart, readPart, reportConnections, type ReportScope } from '../../register/read/report.ts'
import type { StagedFile } from '../files-out/write-file.ts'
import type { WorkbookEdition } from '../files-out/xlsx.ts'
import { notFound } from '../kit/refusal.ts'

/** The requested scope of an export of the register; all clients by default. */
export interface AskedScope {
  readonly client?: string | undefined
  readonly connection?: number | undefined
}

/** An export in a file without its name yet. */
export interface StagedRegister {
  readonly staged: StagedFile
  readonly scope: RegisterScope
  readonly rows: number
}

/** The edition of a workbook: each list of each organization, read when its sheet is written. */
export function makeWorkbookEdition(
  reader: Reader,
  connections: readonly StoredConnection[],
  moment: Moment,
  count: (rows: number) => void,
): WorkbookEdition {
  const read = (part: OrganizationPart) =>
    function* (): Generator<OrganizationReading> {
      for (const connection of connections) yield readPart(reader, connection, part, moment)
    }
  return { principals: read('principals'), keys: read('keys'), sources: read('sources'), count }
}

/** Throws `Refusal` NOT_FOUND for a connection that does not exist. */
export function listConnections(reader: Reader, scope: ReportScope): StoredConnection[] {
  const connections = reportConnections(reader, scope)
  if (scope.connection !== undefined && connections.length === 0) {
    const whose = scope.client === undefined ? '' : ` of the client ${JSON.stringify(scope.client)}`
    throw notFound(`A connection ${scope.connection}${whose}`, 'List the connections to see their ids.')
  }
  return connections
}

export function readScope(reader: Reader, connections: readonly StoredConnection[], asked: AskedScope): RegisterScope {
  const only = asked.connection === undefined ? undefined : connections[0]
  const slug = asked.client ?? only?.client.slug
  const client = slug === undefined ? null : getClient(reader, slug)
  return {
    client: client && { slug: client.slug, name: client.name },
    connection: only?.label ?? null,
  }
}
