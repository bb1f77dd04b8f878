import { counted } from '../counted.ts'
import { type Day, daysBetween } from '../day.ts'
import type { SubjectKind } from '../facts.ts'
import type { ReviewKind } from '../reviews/review.ts'
import { formatDay, formatMonth } from '../text/dates.ts'
import { dollarText } from '../text/money.ts'
import { said } from '../text/said.ts'
import { plainText } from '../text/visible-text.ts'
import type { Matter, Subject } from './matter.ts'
import { listClients, type Row } from './queue.ts'
import { addWeights } from './rank.ts'

type Of<Kind extends Subject['kind']> = Extract<Subject, { readonly kind: Kind }>

/** The sentence of a row: what is the matter. Names are visible text without secrets. */
export function sayRow(row: Row, today: Day): string {
  const [{ subject }] = row.matters
  switch (subject.kind) {
    case 'leaver':
      return row.joined > 1 ? sayMany(row, 'leaver', 'still have access') : sayLeaver(row, subject, today)
    case 'connection':
      return row.joined > 1
        ? sayMany(row, 'connection', MANY_CONNECTIONS[subject.problem])
        : sayConnection(subject, today)
    case 'keys':
      return sayKeys(ofKind(row, 'keys'), today)
    case 'review':
      return row.joined > 1 ? sayMany(row, 'review', 'are due') : sayReview(ofKind(row, 'review'), today)
    case 'remediation':
      return sayRemediation(ofKind(row, 'remediation'))
    case 'budget':
      return row.joined > 1 ? sayMany(row, 'budget', 'are over a threshold') : sayBudget(subject)
    case 'usage':
      return sayUsage(sum(ofKind(row, 'usage')))
    case 'finding':
      return row.joined > 1 ? sayFindings(row) : sayFinding(ofKind(row, 'finding'))
    case 'invites':
      return `${counted(sum(ofKind(row, 'invites')), 'invite')} expired without an answer`
    case 'report':
      return row.joined > 1 ? sayMany(row, 'usage report', 'are due') : subject.title
    default:
      return subject satisfies never
  }
}

/** The second line of a row: what else is known. Empty where nothing else is. */
export function detailRow(row: Row): string {
  const [{ subject }] = row.matters
  if (row.joined > 1 && subject.kind !== 'finding') return listNames(row)
  switch (subject.kind) {
    case 'leaver':
      return detailLeaver(ofKind(row, 'leaver'))
    case 'connection':
      return detailConnection(subject)
    case 'keys':
      return subject.use === 'admin' ? 'Admin keys reach every project of their organization' : ''
    case 'review':
      return detailReview(ofKind(row, 'review'))
    case 'remediation':
      return REMEDIATION_DETAILS[subject.state]
    case 'budget':
      return `${dollarText(subject.spent)} of ${dollarText(subject.amount)} USD`
    case 'finding':
      return row.joined === 1 && sum(ofKind(row, 'finding')) === 1 ? plain(subject.says) : listNames(row)
    case 'usage':
      return 'Their spend and forecast are incomplete'
    case 'invites':
    case 'report':
      return ''
    default:
      return subject satisfies never
  }
}

const RISK_WORDS = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as const

/** Why a row is where it is, in a sentence: its risk, its reach and its age. */
export function explainRow(row: Row, today: Day): string {
  const { risk, age, by } = row.weight
  const { reach } = addWeights(row.matters)
  const clients = listClients(row).length
  const parts = [
    `${RISK_WORDS[risk]} risk`,
    `${counted(reach, 'item')}${clients > 1 ? ` in ${counted(clients, 'client')}` : ''}`,
    ...(age > 0 ? [`for ${counted(age, 'day')}`] : []),
    ...(by !== null && by > today ? [`due by ${formatDay(by)}`] : []),
  ]
  return `${parts.join(', ')}.`
}

function plain(text: string): string {
  return plainText(said(text))
}

/** The subjects of a row's matters, which have one kind. */
function ofKind<Kind extends Subject['kind']>(row: Row, kind: Kind): Of<Kind>[] {
  return row.matters.map(({ subject }) => subject).filter((subject): subject is Of<Kind> => subject.kind === kind)
}

function sum(subjects: readonly { readonly count: number }[]): number {
  return subjects.reduce((total, { count }) => total + count, 0)
}

function sayMany(row: Row, noun: string, what: string): string {
  return `${row.joined} ${row.isRest ? 'further ' : ''}${noun}s ${what}`
}

const SHOWN_NAMES = 3

/** The names of the first subjects, and how many others there are. */
function listNames(row: Row): string {
  const names = [...new Set(row.matters.map(({ subject }) => getName(subject, row.joined > 1)))].filter(
    (name) => name !== '',
  )
  const more = names.length - SHOWN_NAMES
  return `${names.slice(0, SHOWN_NAMES).map(plain).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Findings that are counted have the title of their rule for a name, where several rules are joined. */
function getName(subject: Subject, isJoined: boolean): string {
  switch (subject.kind) {
    case 'leaver':
      return subject.name
    case 'connection':
      return subject.label
    case 'review':
      return REVIEWS[subject.review]
    case 'budget':
      return subject.place
    case 'finding':
      if (subject.count === 1) return subject.name
      return isJoined ? subject.title : ''
    case 'report':
      return subject.title
    case 'keys':
    case 'remediation':
    case 'usage':
    case 'invites':
      return ''
    default:
      return subject satisfies never
  }
}

function ago(days: number): string {
  if (days <= 0) return 'today'
  return days === 1 ? 'yesterday' : `${counted(days, 'day')} ago`
}

function sayLeaver(row: Row, { name, leftOn }: Of<'leaver'>, today: Day): string {
  const own = ofKind(row, 'leaver')
  const clients = listClients(row)
  const where = clients.length > 1 ? ` in ${counted(clients.length, 'client')}` : ''
  const role = own.some(({ privileged }) => privileged) ? 'is still an owner or admin' : 'still has access'
  return `${plain(name)} left ${ago(daysBetween(leftOn, today))} and ${role}${where}`
}

function detailLeaver(own: readonly Of<'leaver'>[]): string {
  const total = (field: 'accounts' | 'keys' | 'invites'): number => own.reduce((count, each) => count + each[field], 0)
  const held = [
    [total('accounts'), 'account'],
    [total('keys'), 'personal key'],
    [total('invites'), 'pending invite'],
  ] as const
  const used = own
    .flatMap(({ usedOn }) => usedOn ?? [])
    .toSorted()
    .at(-1)
  return [
    held.flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)])).join(', '),
    ...(used === undefined ? [] : [`used on ${formatDay(used)}, after the departure`]),
  ].join(' · ')
}

const MANY_CONNECTIONS = {
  refused: 'have an admin key that the provider rejects',
  'no-key': 'have no admin key',
  failed: 'could not be synced',
  never: 'were never synced',
  partial: 'were synced only in part',
  stale: 'were not synced for longer than the policy allows',
} as const

function sayConnection({ problem, label, provider, lastSyncOn }: Of<'connection'>, today: Day): string {
  const name = plain(label)
  switch (problem) {
    case 'refused':
      return `${provider} rejects the admin key of ${name}`
    case 'no-key':
      return `${name} has no admin key`
    case 'failed':
      return `${name} could not be synced`
    case 'never':
      return `${name} was never synced`
    case 'partial':
      return `${name} was synced only in part`
    case 'stale':
      return `${name} was not synced for ${counted(lastSyncOn === null ? 0 : daysBetween(lastSyncOn, today), 'day')}`
    default:
      return problem satisfies never
  }
}

function detailConnection({ reason, lastSyncOn, keys }: Of<'connection'>): string {
  const since =
    lastSyncOn === null
      ? 'Never synced'
      : `Last sync ${formatDay(lastSyncOn)}${keys > 0 ? `, ${counted(keys, 'key')} may have changed since` : ''}`
  return [since, ...(reason === null ? [] : [plain(reason)])].join(' · ')
}

function sayKeys(own: readonly Of<'keys'>[], today: Day): string {
  const count = sum(own)
  const [first] = own
  if (first === undefined) return ''
  const noun = first.use === 'admin' ? 'admin key' : 'key'
  const oldest = own.reduce((day, { firstDueOn }) => (firstDueOn < day ? firstDueOn : day), first.firstDueOn)
  const latest = own.reduce((day, { lastDueOn }) => (lastDueOn > day ? lastDueOn : day), first.lastDueOn)
  const days = counted(daysBetween(oldest, today), 'day')
  const one = `${noun === 'key' ? 'Key' : 'Admin key'} ${plain(first.name)}`
  if (first.when === 'overdue') {
    return count === 1
      ? `${one} is past its rotation date by ${days}`
      : `${count} ${noun}s are past their rotation date, the oldest by ${days}`
  }
  return count === 1
    ? `${one} is due for rotation on ${formatDay(oldest)}`
    : `${count} ${noun}s are due for rotation by ${formatDay(latest)}`
}

const REVIEWS: Readonly<Record<ReviewKind, string>> = {
  departed: 'leavers',
  admins: 'administrators',
  roles: 'roles',
  keys: 'keys',
  membership: 'project membership',
}

function sayReview(own: readonly Of<'review'>[], today: Day): string {
  const [first] = own
  if (first === undefined) return ''
  const due = own.reduce((day, { dueOn }) => (dueOn < day ? dueOn : day), first.dueOn)
  const late = daysBetween(due, today)
  const what = REVIEWS[first.review]
  if (own.length === 1) {
    return late > 0
      ? `The review of ${what} is overdue by ${counted(late, 'day')}`
      : `The review of ${what} is due on ${formatDay(due)}`
  }
  if (late <= 0) return `${own.length} reviews of ${what} are due, the first on ${formatDay(due)}`
  const overdue = own.filter(({ dueOn }) => dueOn < today).length
  const by = `by ${counted(late, 'day')}`
  if (overdue === own.length) return `${own.length} reviews of ${what} are overdue, the oldest ${by}`
  return `${own.length} reviews of ${what} are due, ${overdue} of them overdue${overdue === 1 ? '' : ', the oldest'} ${by}`
}

function detailReview(own: readonly Of<'review'>[]): string {
  const opened = own.filter(({ openReviewId }) => openReviewId !== null)
  if (opened.length === 0) return 'Not started'
  const items = opened.reduce((total, each) => total + each.items, 0)
  const decided = opened.reduce((total, each) => total + each.decided, 0)
  return `${decided} of ${counted(items, 'item')} decided`
}

function sayRemediation(own: readonly Of<'remediation'>[]): string {
  const count = sum(own)
  const state = own[0]?.state ?? 'waiting'
  const changes = counted(count, 'change')
  switch (state) {
    case 'unsure':
      return `${changes} ${count === 1 ? 'has an unknown result' : 'have unknown results'}`
    case 'deploying':
      return `${counted(count, 'new key')} ${count === 1 ? 'is' : 'are'} not deployed yet`
    case 'by-hand':
      return `${changes} ${count === 1 ? 'needs' : 'need'} manual steps`
    case 'waiting':
      return `${changes} ${count === 1 ? 'is' : 'are'} pending`
    default:
      return state satisfies never
  }
}

const REMEDIATION_DETAILS = {
  unsure: 'The request was sent, but its result was not seen. Each change names the next step',
  deploying: 'The previous keys still work until the new ones are deployed',
  waiting: 'Preview them, then apply them',
  'by-hand': 'No API applies them; the console steps are listed',
} as const

function sayBudget({ place, spent, amount, percent, month }: Of<'budget'>): string {
  const budget = `${dollarText(amount)} USD in ${formatMonth(month)}`
  return percent >= 100
    ? `${plain(place)} has ${spent > amount ? 'exceeded' : 'reached'} its budget of ${budget}`
    : `${plain(place)} has spent ${percent} % of ${budget}`
}

function sayUsage(count: number): string {
  return `The usage of ${counted(count, 'budget')} was not read for each day of the month`
}

const SUBJECTS: Readonly<Record<SubjectKind, readonly [one: string, many: string]>> = {
  key: ['key', 'keys'],
  principal: ['account', 'accounts'],
  project: ['project', 'projects'],
  connection: ['connection', 'connections'],
}

function sayFinding(own: readonly Of<'finding'>[]): string {
  const [first] = own
  if (first === undefined) return ''
  const count = sum(own)
  return `${first.title}: ${count === 1 ? plain(first.name) : counted(count, ...SUBJECTS[first.subjectKind])}`
}

function sayFindings(row: Row): string {
  const own = ofKind(row, 'finding')
  const further = row.isRest ? 'further ' : ''
  const rules = new Set(own.map(({ rule }) => rule)).size
  return `${counted(sum(own), `${further}${row.weight.risk} finding`)} of ${counted(rules, 'rule')}`
}

/** The sentence of a matter alone, for the audit log. */
export function sayMatter(matter: Matter, today: Day): string {
  const weight = { risk: matter.risk, reach: matter.reach, age: matter.age, by: matter.by }
  return sayRow({ id: matter.key, band: 'now', score: 0, weight, matters: [matter], joined: 1, isRest: false }, today)
}
