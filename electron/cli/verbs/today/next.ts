import type { TodayEntry, TodayTarget } from '../../../../shared/contract/today.ts'

/** Where work is done in the terminal: the words after `castellan`, by where the action of an entry leads. */
function toWords(target: TodayTarget): readonly string[] {
  switch (target.to) {
    case 'leaver':
      return ['remediation', 'propose', '--person', String(target.personId)]
    case 'leavers':
      return ['leaver', 'list']
    case 'connection':
      return target.fix === null
        ? ['sync', '--connection', String(target.connectionId)]
        : ['connection', 'credential', String(target.connectionId)]
    case 'connections':
      return ['connection', 'list']
    case 'key':
      return ['show', `key-${target.keyId}`]
    case 'keys':
      return ['key', 'list', '--rotation', target.rotation, ...(target.isAdmin ? ['--kind', 'admin'] : [])]
    case 'review':
      return ['review', 'item', 'list', String(target.reviewId), '--undecided']
    case 'review-start':
      return ['review', 'open', '--check', target.kind, '--client', target.client]
    case 'reviews':
      return ['review', 'schedule']
    case 'remediation':
      return ['remediation', 'list', '--state', target.state]
    case 'budgets':
      return ['budget', 'list']
    case 'usage':
      return ['usage', 'list']
    case 'finding':
      return ['finding', 'show', String(target.findingId)]
    case 'findings':
      return [
        'finding',
        'list',
        ...(target.rule === null ? [] : ['--rule', target.rule]),
        ...(target.severity === null ? [] : ['--severity', target.severity]),
      ]
    case 'report': {
      const period = target.kind === 'weekly' ? '--week' : '--month'
      return ['report', target.kind, '--client', target.client, period, target.period]
    }
    case 'reports':
      return ['report', 'due']
    default:
      return target satisfies never
  }
}

/** Targets that lead to a list of all clients: the command keeps to the client of the entry. */
const LISTS: ReadonlySet<TodayTarget['to']> = new Set([
  'leavers',
  'connections',
  'keys',
  'reviews',
  'remediation',
  'budgets',
  'usage',
  'findings',
  'reports',
])

/** The command that begins the work of an entry. */
export function toNext({ action: { target }, clients }: TodayEntry): readonly string[] {
  const [only, ...others] = clients
  const isOfOne = only !== undefined && others.length === 0 && LISTS.has(target.to)
  return [...toWords(target), ...(isOfOne ? ['--client', only.slug] : [])]
}
