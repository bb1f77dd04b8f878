import { getClient } from '../clients/client.ts'
import { listAdded } from '../connections/connection.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { addJournaled, addWaiting } from './waiting.ts'

/**
 * What other registers get a client by that was added before the profile belonged to the team: it is added as it is now with its connections, before
 * all that waits for it. Nothing where its own operation waits, or was placed.
 */
export function shareClient(writer: Writer, clientUid: string, at: number): void {
  const slug = writer.value<string>('SELECT slug FROM client WHERE uid = ?', [clientUid])
  const found = slug === undefined ? null : getClient(writer, slug)
  if (slug === undefined || found === null || hasAdded(writer, clientUid)) return
  const later = writer.all<{ readonly uid: string; readonly kind: string; readonly connection: string | null }>(
    `SELECT uid, operation ->> 'kind' AS kind, operation ->> '$.body.connectionUid' AS connection FROM team_waiting WHERE log = ? ORDER BY id`,
    [clientUid],
  )
  const first = (writer.value<number | null>('SELECT min(id) FROM team_waiting') ?? 1) - 1
  const { name, kind, colour, domains, notes, archivedAt } = found
  const body = { v: 1, clientUid, name, kind, colour, domains: [...domains], notes }
  addWaiting(writer, clientUid, { kind: 'client.added', at, slug, subject: name, body })
  const waits = new Set(later.flatMap((one) => (one.kind === 'connection.added' ? [one.connection] : [])))
  for (const connection of listAdded(writer, clientUid)) {
    if (waits.has(connection.connectionUid)) continue
    addWaiting(writer, clientUid, {
      kind: 'connection.added',
      at,
      subject: connection.label,
      body: { v: 1, ...connection },
    })
  }
  if (archivedAt !== null && !later.some((one) => one.kind === 'client.archived')) {
    // Of the time at which it was, with its row of the journal: it is archived here already.
    addJournaled(writer, clientUid, { kind: 'client.archived', at: archivedAt, subject: name, body: { v: 1 } }, slug)
  }
  // They are placed before what was decided since.
  const known = new Set(later.map(({ uid }) => uid))
  const added = writer
    .column<string>('SELECT uid FROM team_waiting WHERE log = ? ORDER BY id', [clientUid])
    .filter((uid) => !known.has(uid))
  added.toReversed().forEach((uid, index) => {
    writer.run('UPDATE team_waiting SET id = ? WHERE uid = ?', [first - index, uid])
  })
}

function hasAdded(reader: Reader, log: string): boolean {
  const of = (table: string): string =>
    `SELECT 1 FROM ${table} WHERE log = :log AND operation ->> 'kind' = 'client.added'`
  return reader.value(`${of('team_operation')} UNION ALL ${of('team_waiting')} LIMIT 1`, { log }) !== undefined
}
