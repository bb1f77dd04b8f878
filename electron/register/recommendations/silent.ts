import { findProvider, providerName } from '../../../shared/domain/providers/providers.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import { z } from 'zod'
import { clientRef, connectionRef } from '../../../shared/contract/common.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { type UseQuery, useFacts } from './facts.ts'
import { SILENT } from './kinds.ts'
import { computeCutoff } from './list.ts'

const counted = z.object({ client: clientRef, connection: connectionRef, people: z.number().int() })

export type Silence = z.infer<typeof counted> & { readonly says: string }

/**
 * The number of people without reported use, by connection in scope (or for one person), so that missing reports are
 * not mistaken for non-use.
 */
export function silentPeople(reader: Reader, query: UseQuery, now: number): Silence[] {
  const facts = useFacts(query)
  return readRows(
    reader,
    counted,
    `WITH ${facts.text} SELECT ${CLIENT_REF}, ${CONNECTION_REF}, count(*) AS people FROM holder o
     JOIN connection cn ON cn.id = o.connection_id JOIN client c ON c.id = cn.client_id
     WHERE ${SILENT} GROUP BY cn.id ORDER BY c.kind = 'client', c.name COLLATE NOCASE, cn.label COLLATE NOCASE`,
    { ...facts.params, now, cutoff: computeCutoff(now) },
  ).map((row) => ({ ...row, says: describeSilence(row.connection.provider) }))
}

function describeSilence(provider: string): string {
  const facts = findProvider(provider)
  if (facts?.reportsUseInPart === true) {
    return `${providerName(provider)} reports only a part of what people use: a person without a report may still be active.`
  }
  return facts?.reportsPersonUse === true
    ? `${providerName(provider)} has not reported any use by them yet.`
    : `${providerName(provider)} does not report when people were last active.`
}
