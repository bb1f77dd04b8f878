import { DAY_MS } from '../../../shared/domain/day.ts'
import { isProduction, keyEnvironment } from '../../../shared/domain/naming.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import type { Reader } from '../../register/db/handles.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'
import type { RemediationSubject } from '../../register/remediation/subject.ts'

const MAKES_A_KEY: ReadonlySet<RemediationAction> = new Set(['key-rotate', 'key-create', 'service-account-create'])

/** The provider's clock makes a new key: a day less keeps it under the ceiling. */
const SLACK_DAYS = 1

/**
 * How many days a key that an action makes is to live, so that the next sync does not report it: as long as the key
 * that it replaces where that one expires, else up to the policy's ceiling where the policy requires production keys to
 * expire. Null for a key that need not expire, and for an action that makes none.
 */
export function keyLifetimeDays(
  reader: Reader,
  action: RemediationAction,
  subject: RemediationSubject,
  made: { readonly name: string | null; readonly project: string | null },
): number | null {
  if (!MAKES_A_KEY.has(action)) return null
  const clientId = reader.value<number>('SELECT client_id FROM connection WHERE id = ?', [subject.connectionId])
  const policy = effectivePolicy(reader, clientId)
  const most = Math.max(1, policy.ceilingDays - SLACK_DAYS)
  const old = subject.kind === 'key' ? oldKey(reader, subject.id) : null
  const lifetime = old?.lifetime ?? null
  if (lifetime !== null) return Math.min(most, Math.max(1, Math.round(lifetime / DAY_MS)))
  const named = { name: made.name ?? subject.name, project: made.project }
  const environment = old?.environment ?? keyEnvironment(named, policy.keyNamePattern)
  return policy.productionKeysExpire && isProduction(environment) ? most : null
}

/** Where a key is used, by what people set or by its name, and its original lifetime in milliseconds. */
function oldKey(reader: Reader, keyId: number) {
  return reader.get<{ readonly environment: string | null; readonly lifetime: number | null }>(
    'SELECT k.environment, k.expires_at - k.created_at AS lifetime FROM key_last_row k WHERE k.id = ?',
    [keyId],
  )
}
