import { counted } from '../counted.ts'
import { plainText } from '../text/visible-text.ts'
import type { Band } from './rank.ts'

interface Entry {
  readonly band: Band
  readonly clients: readonly { readonly slug: string }[]
}

interface ClientState {
  readonly client: { readonly slug: string; readonly name: string }
  readonly sync: { readonly state: string }
}

/** How many entries need a person today or this week. */
export function countPressing(entries: readonly Pick<Entry, 'band'>[]): number {
  return entries.filter(({ band }) => band !== 'later').length
}

/** States of an unknown client. */
const UNREAD: ReadonlySet<string> = new Set(['none', 'never'])

/** Clients that are named one by one; of more only their number is written. */
const NAMED = 3

/**
 * Who needs a person, in a sentence, and who is fine: a client that was synced and has nothing for now or this week.
 *
 * @example sayWho(entries, clients) // '7 things need you in 3 clients. Acme Corp and Tarnbeck Rail are fine.'
 */
export function sayWho(entries: readonly Entry[], clients: readonly ClientState[]): string {
  const pressing = entries.filter(({ band }) => band !== 'later')
  const wanting = new Set(pressing.flatMap((entry) => entry.clients.map(({ slug }) => slug)))
  const unread = clients.filter(({ sync }) => UNREAD.has(sync.state))
  if (pressing.length === 0) {
    if (unread.length === 0) return 'All clear today.'
    if (unread.length === clients.length) return 'Nothing is known yet: no client was synced.'
    return `Nothing needs you in the ${counted(clients.length - unread.length, 'client')} that ${clients.length - unread.length === 1 ? 'was' : 'were'} synced; ${counted(unread.length, 'client')} never ${unread.length === 1 ? 'was' : 'were'}.`
  }
  const count = pressing.length
  const first = `${counted(count, 'thing')} ${count === 1 ? 'needs' : 'need'} you`
  if (clients.length < 2) return `${first}.`
  const fine = clients.filter(({ client, sync }) => !wanting.has(client.slug) && !UNREAD.has(sync.state))
  return `${first} in ${counted(wanting.size, 'client')}.${sayFine(fine.map(({ client }) => plainText(client.name)))}`
}

function sayFine(names: readonly string[]): string {
  const [only, ...others] = names
  if (only === undefined) return ''
  if (others.length === 0) return ` ${only} is fine.`
  if (names.length > NAMED) return ` ${counted(names.length, 'client')} are fine.`
  return ` ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''} are fine.`
}
