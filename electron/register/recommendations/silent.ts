import type { ClientRef, ConnectionRef } from '../../../shared/contract/common.ts'
import { findProvider, providerName } from '../../../shared/domain/providers/providers.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { type UseQuery, useFacts } from './facts.ts'
import { SILENT } from './kinds.ts'
import { cutoffOf } from './list.ts'

export interface Silence {
  readonly client: ClientRef
  readonly connection: ConnectionRef
  readonly people: number
  readonly says: string
}

/** How many people in each connection of a scope, or whether of one person, nothing is reported, so that nobody takes silence for non-use. */
export function silentPeople(reader: Reader, query: UseQuery, now: number): Silence[] {
  const facts = useFacts(query)
  return reader
    .all<ClientRefColumns & ConnectionRefColumns & { readonly people: number }>(
      `WITH ${facts.text} SELECT count(*) AS people, ${CLIENT_REF}, ${CONNECTION_REF} FROM holder o
       JOIN connection cn ON cn.id = o.connection_id JOIN client c ON c.id = cn.client_id
       WHERE ${SILENT} GROUP BY cn.id ORDER BY c.kind = 'client', c.name COLLATE NOCASE, cn.label COLLATE NOCASE`,
      { ...facts.params, now, cutoff: cutoffOf(now) },
    )
    .map((row) => ({
      client: clientRefOf(row),
      connection: connectionRefOf(row),
      people: row.people,
      says: silenceOf(row['connection.provider']),
    }))
}

function silenceOf(provider: string): string {
  const reports = findProvider(provider)?.reportsPersonUse === true
  return reports
    ? `${providerName(provider)} has reported no use of them: never, or not yet.`
    : `${providerName(provider)} does not report when somebody was last active.`
}
