import { isCreation } from '../../../shared/domain/remediation/remediation.ts'
import { plainText } from '../../../shared/domain/text/visible-text.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import type { Prepared } from './prepare.ts'

const LONGEST = 100

/** A read-only connection that one run may write to, and what has to be typed to allow it. */
export interface Permission {
  readonly connection: StoredConnection
  readonly confirm: string
}

/** The read-only connections among `allow` that the changes are about: each is allowed by its own typed word. */
export function listPermissions(prepared: readonly Prepared[], allow: ReadonlySet<number>): Permission[] {
  const connections = new Map(
    prepared.flatMap(({ connection }) =>
      connection !== null && connection.access === 'read-only' && allow.has(connection.id)
        ? [[connection.id, connection] as const]
        : [],
    ),
  )
  return [...connections.values()].map((connection) => ({
    connection,
    confirm: isTypeable(connection.label) ? connection.label : `ALLOW ${connection.id}`,
  }))
}

/**
 * The word that has to be typed before changes are sent: for one the name of its subject, for several the action and
 * their number, such as `REMOVE 3` (also for one whose name cannot be typed). Empty when there is nothing to send.
 */
export function confirmWord(prepared: readonly Prepared[]): string {
  const sent = prepared.filter(({ call }) => call !== null)
  const [only] = sent
  if (only === undefined) return ''
  const named = sent.length === 1 ? typeable(only) : undefined
  const removes = sent.every(({ row }) => /-(?:remove|delete|disable)$/u.test(row.action))
  return named ?? `${removes ? 'REMOVE' : 'CHANGE'} ${sent.length}`
}

/** A name that a person can type as it is shown, or the provider's id; undefined where neither can be typed. */
function typeable({ row, request }: Prepared): string | undefined {
  const { name, email } = row.values
  const made =
    isCreation(row.action) && row.action !== 'alert-set' ? (email ?? name ?? row.subject.name) : row.subject.name
  const names = [made, row.subject.name, request?.subject.externalId ?? '']
  return names.find(isTypeable)
}

function isTypeable(name: string): boolean {
  return name !== '' && name.length <= LONGEST && name === plainText(name).replaceAll(/\s+/gu, ' ').trim()
}
