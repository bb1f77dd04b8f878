import type { TodayTarget } from '../../../shared/contract/today.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { toFlowText } from '../../entities/remediation-flow.tsx'

/** The keys that a row of Today counts; those of this week whatever the lead time of their policy. */
const KEYS = {
  overdue: { rotation: ['overdue' as const] },
  due: { rotation: ['due' as const, 'ok' as const], within: 7 },
}

/** Admin keys have a row of their own. */
const OTHER_KINDS = KEY_KINDS.filter((kind) => kind !== 'admin')

/** The address of the page, panel or dialog where the work of an entry is done. Options of a link; the scope stays. */
export function toLink(target: TodayTarget) {
  switch (target.to) {
    case 'leaver':
      return {
        to: '/leavers',
        search: { person: target.personId, remediate: toFlowText({ step: 'person', ids: [target.personId] }) },
      } as const
    case 'leavers':
      return { to: '/leavers', search: { state: 'holds' } } as const
    case 'connection':
      return { to: '/connections', search: { connection: target.connectionId, fix: target.fix ?? undefined } } as const
    case 'connections':
      return { to: '/connections', search: {} } as const
    case 'key':
      return { to: '/keys', search: { key: target.keyId } } as const
    case 'keys':
      return {
        to: '/keys',
        search: { ...KEYS[target.rotation], kind: target.isAdmin ? ['admin' as const] : OTHER_KINDS },
      } as const
    case 'review':
      return { to: '/reviews', search: { review: target.reviewId } } as const
    case 'review-start':
      return { to: '/reviews', search: { start: target.kind, of: target.client } } as const
    case 'reviews':
      return { to: '/reviews', search: {} } as const
    case 'remediation':
      return { to: '/remediation', search: { state: target.state } } as const
    case 'budgets':
      return { to: '/usage/budgets', search: {} } as const
    case 'usage':
      return { to: '/usage', search: {} } as const
    case 'finding':
      return { to: '/findings', search: { view: 'all' as const, finding: target.findingId } } as const
    case 'findings':
      return {
        to: '/findings',
        search: {
          view: 'all' as const,
          rule: target.rule === null ? undefined : [target.rule],
          severity: target.severity === null ? undefined : [target.severity],
        },
      } as const
    case 'report':
      return {
        to: '/usage/reports',
        search: { client: target.client, kind: target.kind, period: target.period },
      } as const
    case 'reports':
      return { to: '/usage/reports', search: { view: 'made' as const } } as const
    default:
      return target satisfies never
  }
}
