import type { PolicyName } from '../../shared/domain/policy.ts'
import { NOUNS } from '../../shared/nouns/nouns.ts'
import type { ListTopics } from '../ui/help/topics.ts'
import type { AreaPath } from './areas.ts'

/**
 * A paragraph of the guide: a page of `docs/` and the anchor of a heading or a term in it, such as `lists#keys-due`. Every rule,
 * column, policy value, empty list and page has one; a test reads the documents and finds those that have none.
 */
export type HelpTopic = string

/** The headings in `docs/lists.md` of the lists that have another name there. */
const LIST_HEADINGS: Readonly<Record<string, string>> = {
  'findings-by-rule': 'findings-in-groups',
  'findings-by-client': 'findings-in-groups',
  'findings-by-subject': 'findings-in-groups',
  'review-items': 'items-of-a-review',
  'review-keys': 'items-of-a-review',
}

/** The paragraph about a term below the heading of a list in `docs/lists.md`. */
function findTerm(list: string, term: string): HelpTopic {
  const title = NOUNS.find(({ id }) => id === list)?.title
  return `lists#${title === undefined ? (LIST_HEADINGS[list] ?? list) : toAnchor(title)}-${toAnchor(term)}`
}

/** The anchor of a term, as the documents have it. */
function toAnchor(term: string): string {
  return term
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-')
}

export const LIST_TOPICS: ListTopics = {
  column: findTerm,
  empty: (list) => findTerm(list, 'No rows'),
}

/** The section of `docs/findings.md` about a rule. */
export function ruleTopic(ruleId: string): HelpTopic {
  return `findings#${ruleId}`
}

/** The entry of `docs/policy.md` about a value. */
export function policyTopic(name: PolicyName): HelpTopic {
  return `policy#${name}`
}

/** The questions that lead to the role that is enough, beside every field in which one is chosen. */
export const ROLES_TOPIC: HelpTopic = 'provider-roles#which-role-is-enough'

const TASKS = {
  clients: 'guide#1-add-a-client',
  connections: 'guide#2-add-a-connection',
  sync: 'guide#3-sync',
  access: 'guide#4-read-who-has-access',
  rotation: 'guide#5-find-keys-that-are-due-and-rotate-one',
  findings: 'guide#6-act-on-findings',
  reviews: 'guide#8-run-an-access-review-to-a-signed-pack',
  leavers: 'guide#10-offboard-a-leaver',
  usage: 'guide#11-see-what-a-month-cost-and-reconcile-it',
  files: 'guide#12-write-the-access-register-to-a-git-repository',
} as const satisfies Readonly<Record<string, HelpTopic>>

export const PAGE_TOPICS: Readonly<Record<AreaPath | '/impact/$kind/$id', HelpTopic>> = {
  '/': 'lists#today',
  '/people': TASKS.access,
  '/people/access': TASKS.access,
  '/people/service-accounts': 'lists#service-accounts',
  '/keys': TASKS.access,
  '/keys/access': TASKS.access,
  '/keys/federation': 'lists#federation',
  '/changes/log': 'lists#provider-log',
  '/changes/audit': 'lists#audit-log',
  '/projects': TASKS.access,
  '/projects/tree': TASKS.access,
  '/projects/access': TASKS.access,
  '/findings': TASKS.findings,
  '/findings/recommendations': 'lists#recommendations',
  '/reviews': TASKS.reviews,
  '/rotation': TASKS.rotation,
  '/rotation/keyless': 'lists#keyless-plan',
  '/leavers': TASKS.leavers,
  '/remediation': TASKS.findings,
  '/usage': TASKS.usage,
  '/usage/budgets': 'lists#budgets',
  '/usage/reconciliation': 'usage-records#reconciliation',
  '/usage/reports': 'usage-reports',
  '/changes': TASKS.sync,
  '/plans': 'plan',
  '/files': TASKS.files,
  '/snippets': 'lists#code-snippets',
  '/clients': TASKS.clients,
  '/connections': TASKS.connections,
  '/settings': 'lock',
  '/team': 'lists#members-of-a-team',
  '/help': 'guide',
  '/impact/$kind/$id': TASKS.leavers,
  '/offboarding': TASKS.leavers,
}

/** Pages whose tab or view has another paragraph: the search param, its value, and the topic. */
export const VIEW_TOPICS: readonly (readonly [path: string, param: string, value: string, topic: HelpTopic])[] = [
  ['/files', 'view', 'personnel', TASKS.leavers],
  ['/settings', 'section', 'policy', 'policy'],
  ['/settings', 'section', 'recovery', 'recovery'],
  ['/usage/budgets', 'view', 'rates', 'lists#rate-limits'],
  ['/keys/federation', 'view', 'certificates', 'lists#certificates'],
]

/** The topic of a page, by its route and its search params. */
export function findPageTopic(path: string, search: Readonly<Record<string, unknown>>): HelpTopic {
  const view = VIEW_TOPICS.find(([of, param, value]) => of === path && search[param] === value)
  return view?.[3] ?? (PAGE_TOPICS as Readonly<Record<string, HelpTopic>>)[path] ?? 'guide'
}

/** The pages that a paragraph is about. */
export function listPagesOf(topic: HelpTopic): readonly AreaPath[] {
  return (Object.keys(PAGE_TOPICS) as (keyof typeof PAGE_TOPICS)[]).filter(
    (path) => PAGE_TOPICS[path] === topic && !path.includes('$'),
  ) as AreaPath[]
}
