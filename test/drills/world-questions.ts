import type { Service } from '../../electron/service/process/open.ts'
import {
  askAccess,
  askLeavers,
  askMonths,
  askChanges,
  askDue,
  askFindings,
  askKeys,
  askPeople,
  askProjects,
} from './world-asks.ts'
import {
  askCalendar,
  askCsvRegister,
  askFocus,
  askJsonRegister,
  askMarkdownRegister,
  askReadDays,
  askXlsxRegister,
} from './world-asks-documents.ts'
import { findDeparted, leaverTruths } from './world/truth/leavers.ts'
import { grantLines, keyLines, personLines } from './world/truth/register.ts'
import { billedTruths, monthTruths, readDayTruths, totalTruths } from './world/truth/usage.ts'
import type { Row } from './world/differences.ts'
import type { Seen, World } from './world/state.ts'
import { reachedIn } from './world/truth/access.ts'
import { findDiffering } from './world/truth/changes.ts'
import { COMPARED, findBroken } from './world/truth/findings.ts'
import { keyTruths } from './world/truth/keys.ts'
import { personTruths } from './world/truth/people.ts'
import { projectTruths } from './world/truth/projects.ts'

/** What is known when a question is asked. */
export interface Known {
  readonly world: World
  readonly seen: readonly Seen[]
  readonly now: number
  /** Where the operator is. */
  readonly today: string
  /** The last days of people who leave, by `organization:id`, in the order in which they were marked. */
  readonly departures: ReadonlyMap<string, string>
  /** The first day of usage that the first reading reached. */
  readonly usedFrom: string
  /** When everything was read last. */
  readonly readAt: number
  /** An earlier reading of everything. */
  readonly earlier: { readonly at: number; readonly seen: readonly Seen[] }
}

/** A question: how the product answers it, and what is right. */
interface Question {
  readonly name: string
  readonly ask: (service: Service, known: Known) => Promise<readonly Row[]>
  readonly compute: (known: Known) => readonly Row[]
  /** Rows are compared apart by the value of this field. */
  readonly apart?: string
  /** Asked seldom, since the answer takes long to make. */
  readonly isSlow?: true
}

/** The rows of several lists together, each with the name of its list. */
const mark = (lists: Readonly<Record<string, readonly Row[]>>): Row[] =>
  Object.entries(lists).flatMap(([list, rows]) => rows.map((row) => ({ list, ...row })))

const readRegister = (seen: readonly Seen[], now: number) => ({
  grants: seen.flatMap((one) => grantLines(one, now)),
  keys: seen.flatMap((one) => keyLines(one, now)),
})

export const QUESTIONS: readonly Question[] = [
  {
    name: 'keys',
    ask: askKeys,
    compute: ({ seen, now, today }) => seen.flatMap((one) => keyTruths(one, now, today)),
  },
  {
    name: 'keys due within 30 days',
    ask: askDue,
    compute: ({ seen, now, today }) =>
      seen
        .flatMap((one) => keyTruths(one, now, today))
        .filter(({ state }) => state === 'overdue' || state === 'due')
        .map(({ organization, id, dueOn }) => ({ organization, id, dueOn })),
  },
  {
    name: 'people',
    ask: askPeople,
    compute: ({ world, seen, now }) => personTruths(world, seen, now),
  },
  {
    name: 'projects',
    ask: askProjects,
    compute: ({ seen, now }) => seen.flatMap((one) => projectTruths(one, now)),
  },
  {
    name: 'findings',
    ask: (service) => askFindings(service, COMPARED),
    compute: ({ world, seen, now, today, departures }) => {
      const departed = findDeparted(seen, departures, now, today)
      return seen.flatMap((one) => findBroken(one, { world, now, today, departed }))
    },
    apart: 'rule',
  },
  {
    name: 'leavers',
    ask: askLeavers,
    compute: ({ seen, departures, now, today }) => leaverTruths(seen, departures, now, today),
  },
  {
    name: 'calendar',
    ask: askCalendar,
    compute: ({ seen, now, today }) =>
      seen.flatMap((one) =>
        keyTruths(one, now, today).flatMap(({ id, dueOn }) => {
          // What is overdue is an entry of today.
          return dueOn === null ? [] : [{ id, on: dueOn < today ? today : dueOn }]
        }),
      ),
  },
  {
    name: 'usage by month',
    ask: async (service) => mark(await askMonths(service)),
    compute: ({ seen, usedFrom }) =>
      mark({
        parts: seen.flatMap((one) => monthTruths(one, usedFrom)),
        totals: totalTruths(seen, usedFrom),
      }),
    apart: 'list',
    isSlow: true,
  },
  {
    name: 'days of usage reports',
    ask: askReadDays,
    compute: ({ seen, usedFrom }) => seen.flatMap((one) => readDayTruths(one, usedFrom)),
    isSlow: true,
  },
  {
    name: 'FOCUS by month',
    ask: askFocus,
    compute: ({ seen, usedFrom }) => billedTruths(seen, usedFrom),
    isSlow: true,
  },
  {
    name: 'register as CSV',
    ask: async (service) => mark(await askCsvRegister(service)),
    compute: ({ seen, now }) => mark(readRegister(seen, now)),
    apart: 'list',
    isSlow: true,
  },
  {
    name: 'register as JSON',
    ask: async (service) => mark(await askJsonRegister(service)),
    compute: ({ seen, now }) => mark(readRegister(seen, now)),
    apart: 'list',
    isSlow: true,
  },
  {
    name: 'register as XLSX',
    ask: async (service) => mark(await askXlsxRegister(service)),
    compute: ({ seen, now }) => mark(readRegister(seen, now)),
    apart: 'list',
    isSlow: true,
  },
  {
    name: 'register as Markdown',
    ask: async (service) => mark(await askMarkdownRegister(service)),
    compute: ({ seen, now }) =>
      mark({
        people: seen.flatMap((one) => personLines(one, now)),
        keys: readRegister(seen, now).keys.flatMap(({ status, organization, id, dueOn }) =>
          status === 'expired' ? [] : [{ organization, id, dueOn }],
        ),
      }),
    apart: 'list',
    isSlow: true,
  },
  {
    name: 'changes since an earlier sync',
    ask: (service, { earlier }) => askChanges(service, earlier.at),
    // Two readings are compared, each by the clock of its own end.
    compute: ({ seen, readAt, earlier }) =>
      seen.flatMap((one, at) => findDiffering(earlier.seen[at] ?? one, one, earlier.at, readAt)),
    apart: 'kind',
  },
  {
    name: 'effective access',
    ask: askAccess,
    compute: ({ seen, now }) => seen.flatMap((one) => reachedIn(one, now)),
  },
]
