import type { Area } from '../../../shared/contract/app.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { type Day, daysBetween } from '../../../shared/domain/day.ts'
import { INVISIBLE, visibleText } from '../../../shared/domain/text/visible-text.ts'
import type { Writer } from '../../register/db/handles.ts'
import { type Context, makeRegister } from './context.ts'

/** A desktop notification; a click on it opens `to` in the window. */
export interface Notification {
  readonly title: string
  readonly body: string
  readonly to: string
}

export interface ReminderKind<Item> {
  /** Records in the register that an item was notified, so that it is not notified again. */
  readonly record: (writer: Writer, item: Item, at: number) => void
  readonly one: (item: Item) => Notification
  /** One notification for several items; left out where each gets its own, however many there are. */
  readonly many?: (items: readonly Item[]) => Notification
  /** The areas that windows read again. */
  readonly areas?: readonly Area[]
}

/**
 * Records and notifies what came up since the last check, in one transaction. A check that finds nothing, and a host that shows no
 * one anything, leave the register and all lists that were read from it unchanged. Returns how many there were.
 */
export function remind<Item>(context: Context, items: readonly Item[], kind: ReminderKind<Item>): number {
  if (items.length === 0 || context.host.notify === undefined) return 0
  const at = context.now()
  makeRegister(context).transact((writer) => {
    for (const item of items) kind.record(writer, item, at)
  })
  notify(context, items, kind)
  if (kind.areas !== undefined) context.events.changed(...kind.areas)
  return items.length
}

/** More items than this are combined in one notification. */
const ONE_BY_ONE = 3

/** Notifies of each item separately, or, when there are many, of all in one. */
export function notify<Item>(
  { host }: Context,
  items: readonly Item[],
  { one, many }: Pick<ReminderKind<Item>, 'one' | 'many'>,
): void {
  const all = many !== undefined && items.length > ONE_BY_ONE ? [many(items)] : items.map((item) => one(item))
  for (const each of all) host.notify?.(each)
}

/** A matter that is due on a day: a key's rotation, a client's review. */
interface Due {
  readonly client: { readonly slug: string; readonly name: string }
  readonly dueOn: Day
}

interface DueWords<Item> {
  /** The next step: `rotate`. */
  readonly verb: string
  readonly name: (item: Item) => string
  /** The sentence before the day: `Rotation due on`. */
  readonly until: string
  readonly to: (item: Item) => string
  /** One and several, in the title over all of them: `key is`, `keys are`; then what is due and where they are. */
  readonly want: readonly [one: string, many: string, what: string]
  readonly toAll: string
}

/**
 * How due items are notified: each with the days that are left, or, when there are many, how many are overdue and
 * where.
 */
export function sayDue<Item extends Due>(
  today: Day,
  words: DueWords<Item>,
): Required<Pick<ReminderKind<Item>, 'one' | 'many'>> {
  return {
    one: (item) => ({
      title: `${words.name(item)}: ${whenDue(words.verb, item.dueOn, today)}`,
      body: `${oneLine(item.client.name)}. ${words.until} ${item.dueOn}.`,
      to: words.to(item),
    }),
    many: (items) => {
      const overdue = items.filter(({ dueOn }) => dueOn < today).length
      const due = items.length - overdue
      const parts = [...(overdue > 0 ? [`${overdue} overdue`] : []), ...(due > 0 ? [`${due} coming up`] : [])]
      const clients = new Map(items.map(({ client }) => [client.slug, client.name]))
      const [only] = clients.size === 1 ? clients.values() : []
      const where = only === undefined ? `across ${counted(clients.size, 'client')}` : `of ${oneLine(only)}`
      const [one, many, what] = words.want
      return {
        title: `${counted(items.length, one, many)} ${what}`,
        body: `${parts.join(', ')}, ${where}.`,
        to: words.toAll,
      }
    },
  }
}

function whenDue(verb: string, dueOn: Day, today: Day): string {
  const left = daysBetween(today, dueOn)
  if (left === 0) return `${verb} today`
  const days = counted(Math.abs(left), 'day')
  return left > 0 ? `${verb} within ${days}` : `${days} overdue`
}

const HIDDEN = new RegExp(`[${INVISIBLE.join('')}]`, 'gu')

/** About how much of a title a desktop shows. */
const LONGEST = 80

/** A provider's name as a notification may show it: one line, no invisible characters, not too long. */
export function oneLine(text: string): string {
  const line = visibleText(text).replaceAll(HIDDEN, '').replaceAll(/\s+/gu, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).toWellFormed()}…` : line
}
