import { type Bill, DAY, type Seen, day as toDay, type Vendor } from '../state.ts'

/** What a project used in a month. */
export interface MonthTruth {
  organization: string
  project: string
  month: string
  /** Null of a file: its amounts are finer, and which row has the rest of a micro-dollar is not fixed. */
  micro: number | null
  requests: number
  input: number
  output: number
}

/** Micro-dollars of billionths, to the nearest. */
const toMicro = (nano: bigint): number => Math.floor((Number(nano) + 500) / 1000)

const isRead = (vendor: Vendor, day: string, from: string): boolean => vendor === 'file' || day >= from

/** The bills of a reading by month and project, from the first day that was read. */
export function monthTruths({ organization }: Seen, from: string): MonthTruth[] {
  const read = organization.bills.filter(({ day }) => isRead(organization.vendor, day, from))
  const parts = Map.groupBy(read, ({ project, day }) => `${project ?? ''} ${day.slice(0, 7)}`)
  return [...parts].map(([part, bills]) => {
    const [project = '', month = ''] = part.split(' ')
    const sum = (field: 'requests' | 'input' | 'output'): number => bills.reduce((all, bill) => all + bill[field], 0)
    return {
      organization: organization.id,
      project,
      month,
      micro: organization.vendor === 'file' ? null : toMicro(sumNano(bills)),
      requests: sum('requests'),
      input: sum('input'),
      output: sum('output'),
    }
  })
}

const sumNano = (bills: readonly Bill[]): bigint => bills.reduce((all, { nano }) => all + nano, 0n)

/** The amounts of all organizations by month. */
export function totalTruths(seen: readonly Seen[], from: string): { month: string; micro: number }[] {
  const bills = seen.flatMap(({ organization: { vendor, bills: all } }) =>
    all.filter(({ day }) => isRead(vendor, day, from)),
  )
  return [...Map.groupBy(bills, ({ day }) => day.slice(0, 7))].map(([month, some]) => ({
    month,
    micro: toMicro(sumNano(some)),
  }))
}

/** A day as people write it. */
function writeDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  return `${Number(date)} ${names[Number(month) - 1] ?? ''} ${year}`
}

const addDay = (day: string, days: number): string => toDay(Date.parse(day) + days * DAY)

/** Of which days of each month that has bills the usage was read, in words. */
export function readDayTruths(
  { organization, usedUntil }: Seen,
  from: string,
): { client: string; month: string; read: string }[] {
  const { client, vendor, bills } = organization
  const days = bills.filter(({ day }) => isRead(vendor, day, from)).map(({ day }) => day)
  const [first = from] = days.toSorted()
  const last = days.toSorted().at(-1) ?? first
  // A file reports nothing before its first day and after its last one.
  const low = vendor === 'file' ? first : from
  const high = vendor === 'file' && addDay(last, 1) < usedUntil ? addDay(last, 1) : usedUntil
  return [...new Set(days.map((day) => day.slice(0, 7)))].map((month) => {
    const [begin, end] = [`${month}-01`, `${addDay(`${month}-28`, 4).slice(0, 7)}-01`]
    const [a, b] = [low > begin ? low : begin, high < end ? high : end]
    const [isFromStart, isToEnd] = [a === begin, b === end]
    const until = writeDay(addDay(b, -1))
    if (b <= a) return { client, month, read: 'not read' }
    if (isFromStart && isToEnd) return { client, month, read: 'complete' }
    if (isFromStart) return { client, month, read: `read through ${until}` }
    return {
      client,
      month,
      read: isToEnd ? `read from ${writeDay(a)} on` : `read from ${writeDay(a)} through ${until}`,
    }
  })
}

/** The bills of a client by month, to the billionth of a dollar. */
export function billedTruths(seen: readonly Seen[], from: string) {
  return seen.flatMap(({ organization, usedUntil }) => {
    // The day of the reading is not over, and is left out.
    const read = organization.bills.filter(({ day }) => isRead(organization.vendor, day, from) && day < usedUntil)
    return [...Map.groupBy(read, ({ day }) => day.slice(0, 7))].map(([month, bills]) => ({
      organization: organization.id,
      month,
      nano: String(sumNano(bills)),
    }))
  })
}
