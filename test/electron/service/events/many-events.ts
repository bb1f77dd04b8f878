import { byKey, byUser, type FakeEvent } from '../../../providers/audit-log.ts'
import { makeRandom } from '../../../providers/random.ts'

const DAY = 86_400

/** Events of a log over the 80 days before `end` (Unix seconds), of several kinds, newest first. */
export function manyEvents(count: number, end: number): FakeEvent[] {
  const random = makeRandom(count)
  return Array.from({ length: count }, (_, n) => {
    const at = end - 60 - Math.floor((n / count) * 80 * DAY)
    const actor =
      random() < 0.5 ? byUser(`user-${n % 500}`, `person${n % 500}@many.example`) : byKey(`key_admin_${n % 20}`)
    return { id: `audit_log-${String(n).padStart(7, '0')}`, effective_at: at, actor, ...detailOf(n) }
  })
}

function detailOf(n: number): { readonly type: string; readonly [more: string]: unknown } {
  const kinds = [
    ['api_key.created', { id: `key_${n}`, data: { scopes: ['model.request', 'api.usage.read'] } }],
    ['api_key.deleted', { id: `key_${n}` }],
    ['user.updated', { id: `user-${n % 500}`, changes_requested: { role: 'reader' } }],
    ['rate_limit.updated', { id: `rl-${n % 30}`, changes_requested: { max_requests_per_1_minute: n } }],
    ['login.succeeded', {}],
  ] as const
  const [type, about] = kinds[n % kinds.length] ?? kinds[0]
  return { type, project: { id: `proj_${n % 40}`, name: `Project ${n % 40}` }, [type]: about }
}
