import type { RemediationOrigin } from '../../../shared/contract/remediation.ts'
import type { DescribedRemediation, OriginName } from '../../../shared/decisions/remediation.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { nameByKind } from '../db/stable-names.ts'
import { findPerson } from '../people/named.ts'

/** A subject of a connection by its kind and by what the provider calls it; undefined where the register has not read it. */
export function findSubject(
  reader: Reader,
  connectionId: number,
  { kind, named }: DescribedRemediation['subject'],
): number | undefined {
  if (kind === 'connection') return connectionId
  return reader.value<number>(`SELECT id FROM ${kind} WHERE connection_id = ? AND external_id = ?`, [
    connectionId,
    named?.externalId ?? '',
  ])
}

/**
 * The origin of a connection's change, named for every register. A person is named by an account at the same client
 * where there is one: a member of that client need not know the person from anywhere else.
 */
export function nameOrigin(
  reader: Reader,
  connectionId: number,
  { kind, id }: RemediationOrigin,
): ReturnType<typeof nameByKind> {
  if (kind !== 'person') return nameByKind(reader, kind, id)
  const account = reader.get<{ readonly connectionUid: string; readonly externalId: string }>(ACCOUNT, {
    id,
    connectionId,
  })
  if (account !== undefined) return { named: { ...account } }
  const { named = null } = nameByKind(reader, kind, id)
  const isAddress = typeof named === 'object' && named !== null && 'address' in named
  return isAddress ? { named } : {}
}

const ACCOUNT = `SELECT n.uid AS connectionUid, p.external_id AS externalId FROM principal p JOIN connection n ON n.id = p.connection_id
  WHERE p.person_id = :id AND n.client_id = (SELECT o.client_id FROM connection o WHERE o.id = :connectionId)
  ORDER BY n.id <> :connectionId, n.uid, p.external_id LIMIT 1`

const OF_FINDING = `SELECT f.id FROM connection n JOIN finding f INDEXED BY finding_of_subject
    ON f.subject_kind = :kind AND f.subject_id = CASE :kind WHEN 'connection' THEN n.id
      WHEN 'principal' THEN (SELECT s.id FROM principal s WHERE s.connection_id = n.id AND s.external_id = :externalId)
      WHEN 'key' THEN (SELECT s.id FROM key s WHERE s.connection_id = n.id AND s.external_id = :externalId)
      WHEN 'project' THEN (SELECT s.id FROM project s WHERE s.connection_id = n.id AND s.external_id = :externalId) END
    AND f.connection_id = n.id AND f.rule = :rule
  WHERE n.uid = :connectionUid ORDER BY f.resolved_at IS NOT NULL, f.id DESC LIMIT 1`

/** The origin of a change in this register; null where it has none. A finding that came back is the newest one. */
export function findOrigin(reader: Reader, { kind, uid, named }: OriginName): RemediationOrigin | null {
  const id = findOriginNumber(reader, { kind, uid, named })
  return id === undefined ? null : { kind, id }
}

function findOriginNumber(reader: Reader, { kind, uid, named }: OriginName): number | undefined {
  if (kind === 'plan') return reader.value<number>('SELECT id FROM plan WHERE uid = ?', [uid ?? ''])
  if (named === undefined) return undefined
  if ('rule' in named) return reader.value<number>(OF_FINDING, named)
  if ('position' in named) {
    return reader.value<number>(
      'SELECT i.id FROM review r JOIN review_item i ON i.review_id = r.id AND i.position = ? WHERE r.uid = ?',
      [named.position, named.reviewUid],
    )
  }
  if (kind === 'person') return findPerson(reader, named)
  if (!('externalId' in named)) return undefined
  return reader.value<number>(
    'SELECT k.id FROM connection n JOIN key k ON k.connection_id = n.id AND k.external_id = ? WHERE n.uid = ?',
    [named.externalId, named.connectionUid],
  )
}

/** Finds what items come from that this register did not have when they were added. */
export function linkOrigins(writer: Writer): void {
  const rows = writer.all<{ readonly id: number; readonly origin: string }>(
    'SELECT id, origin FROM remediation WHERE origin IS NOT NULL AND origin_id IS NULL ORDER BY id',
  )
  for (const { id, origin } of rows) {
    const found = findOrigin(writer, JSON.parse(origin) as OriginName)
    if (found === null) continue
    writer.run('UPDATE remediation SET origin_kind = ?, origin_id = ? WHERE id = ?', [found.kind, found.id, id])
  }
}
