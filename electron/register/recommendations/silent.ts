import { findProvider, providerName } from '../../../shared/domain/providers/providers.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import { z } from 'zod'
import { clientRef, connectionRef } from '../../../shared/contract/common.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import type { Advice } from './advice.ts'

const counted = z.object({ client: clientRef, connection: connectionRef, people: z.number().int() })

type Silence = z.infer<typeof counted> & { readonly says: string }

/**
 * The number of people without reported use, by connection, so that missing reports are not mistaken for non-use; in the
 * order of a list.
 */
export function describeSilent(reader: Reader, { silent }: Pick<Advice, 'silent'>): Silence[] {
  return readRows(
    reader,
    counted,
    `SELECT ${CLIENT_REF}, ${CONNECTION_REF}, j.value ->> 'people' AS people FROM json_each(:silent) j
     CROSS JOIN connection cn ON cn.id = j.value ->> 'connection' CROSS JOIN client c ON c.id = cn.client_id
     ORDER BY c.kind = 'client', c.name COLLATE NOCASE, cn.label COLLATE NOCASE, cn.id`,
    { silent: JSON.stringify(silent) },
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
