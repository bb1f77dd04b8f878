import type { Json } from '../../../shared/domain/canonical-json.ts'
import type { StoredRemedy } from '../../register/remediation/list.ts'
import type { Commit } from '../core/context.ts'

/** Appends what becomes of a remedy to the journal, with all that a reader needs to know which one. */
export function noteRemedy(
  note: Commit['note'],
  what: string,
  row: Pick<
    StoredRemedy['row'],
    'remedyId' | 'client' | 'connection' | 'action' | 'subject' | 'values' | 'origin' | 'says'
  >,
  more: Readonly<Record<string, Json | undefined>> = {},
): void {
  note({
    action: `remedy.${what}`,
    client: row.client.slug,
    subject: row.subject.name,
    body: {
      remedy: row.remedyId,
      action: row.action,
      says: row.says,
      connection: row.connection.label,
      subject: { kind: row.subject.kind, id: row.subject.id },
      values: { ...row.values },
      origin: row.origin === null ? null : { ...row.origin },
      ...more,
    },
  })
}
