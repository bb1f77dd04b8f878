import type { Card, CardDevice, CardPerson, LogRole } from '../../shared/team/card.ts'
import type { StopReason } from '../../shared/team/outcome.ts'
import type { HeldLog, TeamStore } from '../../shared/team/store.ts'
import { type CardEffect, findCard, type NextCard, placeCard } from './cards.ts'
import { headAfter } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { exchange } from './exchange.ts'
import { isSame, toHex } from './form.ts'
import { adoptOwn, adoptServer } from './fork.ts'

/** What a person decides about a team. Each is repeated on what others decided meanwhile. */
export type Change =
  /** The role for a client; with `log` null in the agency, and in every log that follows from it. Null takes it away. */
  | { readonly what: 'role'; readonly log: string | null; readonly member: string; readonly role: LogRole | null }
  | { readonly what: 'remove'; readonly member: string }
  | { readonly what: 'device'; readonly device: string }
  | { readonly what: 'approvals'; readonly log: string; readonly required: boolean }
  | { readonly what: 'least'; readonly log: string; readonly least: number }
  | { readonly what: 'place'; readonly team: NonNullable<Card['team']> }
  /** Where a log stopped: a choice of `listChoices`. */
  | { readonly what: 'choose'; readonly log: string; readonly head: Uint8Array }

/** Carries out a change: a card for each log that it concerns. Throws `TeamServerError`. */
export async function change(device: TeamDevice, asked: Change): Promise<CardEffect> {
  // Others may have opened logs that it concerns.
  await exchange(device)
  switch (asked.what) {
    case 'role':
      return asked.log === null
        ? setTeamRole(device, asked.member, asked.role)
        : setClientRole(device, asked.log, asked.member, asked.role)
    case 'remove':
      return remove(device, ({ member }) => member === asked.member, true)
    case 'device':
      return removeDevice(device, asked.device)
    case 'approvals':
      return placeCard(device, asked.log, (card) => set(card, { approvals: asked.required }))
    case 'least':
      return placeCard(device, asked.log, (card) => set(card, { least: Math.max(card.least, asked.least) }))
    case 'place':
      return placeCard(device, device.team, (card) => set({ ...card, logs: [] }, { team: asked.team }))
    case 'choose':
      return choose(device, asked.log, asked.head)
    default:
      return asked satisfies never
  }
}

function set(card: Card, values: Partial<Card>): Card | 'none' {
  const next = { ...card, ...values, ...(card.logs === null ? {} : { logs: [] }) }
  return JSON.stringify({ ...card, ...values }) === JSON.stringify(card) ? 'none' : next
}

/** Carries out one card after another, and returns the first effect that is a refusal. */
async function placeAll(
  device: TeamDevice,
  logs: readonly HeldLog[],
  next: (log: HeldLog) => NextCard,
): Promise<CardEffect> {
  let effect: CardEffect = 'none'
  for (const log of logs) {
    const one = await placeCard(device, log.log, next(log))
    if (one === 'placed') effect = 'placed'
    else if (one !== 'none') return one
  }
  return effect
}

/** The devices of a member as any card has them; none before they join. */
export function findDevices({ store }: TeamDevice, member: string): readonly CardDevice[] {
  const found = new Map<string, CardDevice>()
  for (const { card } of store.logs()) {
    const person = card?.card.people.find((one) => one.member === member)
    for (const one of person?.devices ?? []) found.set(one.device, one)
  }
  return [...found.values()]
}

/** A card with a person in a role; `role` null: without them. */
function withPerson(card: Card, member: string, role: LogRole | null, devices: readonly CardDevice[]): Card | 'none' {
  const before = card.people.find((one) => one.member === member)
  if ((before?.role ?? null) === role) return 'none'
  const person: CardPerson[] = role === null ? [] : [{ member, role, devices: [...(before?.devices ?? devices)] }]
  return set(card, { people: [...card.people.filter((one) => one.member !== member), ...person] })
}

async function setClientRole(
  device: TeamDevice,
  log: string,
  member: string,
  role: LogRole | null,
): Promise<CardEffect> {
  const devices = findDevices(device, member)
  if (findCard(device, 'team')?.people.some((one) => one.member === member) === false) {
    const known = await placeCard(device, device.team, (card) => withPerson(card, member, 'member', devices))
    if (known !== 'placed' && known !== 'none') return known
  }
  return placeCard(device, log, (card) => {
    // An owner leads every client.
    if (card.people.some((one) => one.member === member && one.role === 'owner')) return 'not-allowed'
    return withPerson(card, member, role, devices)
  })
}

/** Everyone reads the log of the team, as its readers; owners are owners of every log, and auditors viewers of every client. */
async function setTeamRole(device: TeamDevice, member: string, role: LogRole | null): Promise<CardEffect> {
  const devices = findDevices(device, member)
  const was = findCard(device, 'agency')?.people.find((one) => one.member === member)?.role ?? null
  const logs = device.store.logs().toSorted((one, other) => rank(one) - rank(other))
  return placeAll(device, logs, ({ kind }) => (card) => {
    if (kind === 'team') return withPerson(card, member, role === 'owner' ? 'owner' : 'member', devices)
    if (kind === 'agency') return withPerson(card, member, role, devices)
    const present = card.people.find((one) => one.member === member)?.role ?? null
    if (role === 'owner') return withPerson(card, member, 'owner', devices)
    if (role === 'auditor')
      return withPerson(card, member, present === null || present === 'owner' ? 'viewer' : present, devices)
    // A role for the client that was given by name stays.
    const isDerived = present === 'owner' || (was === 'auditor' && present === 'viewer')
    return isDerived ? withPerson(card, member, null, devices) : 'none'
  })
}

/** The team's log first, since the others follow from it. */
const rank = ({ kind }: HeldLog): number => ['team', 'agency', 'client'].indexOf(kind)

async function remove(
  device: TeamDevice,
  isOf: (person: CardPerson) => boolean,
  isWhole: boolean,
  isDevice: (one: CardDevice) => boolean = () => true,
): Promise<CardEffect> {
  const { store, server } = device
  const concerned = store
    .logs()
    .filter(({ card }) => card?.card.people.some((one) => isOf(one) && one.devices.some(isDevice)))
  const logs = isWhole ? store.logs().filter(({ card }) => card?.card.people.some(isOf)) : concerned
  const logins = new Set(
    concerned.flatMap(({ card }) =>
      (card?.card.people ?? [])
        .filter(isOf)
        .flatMap(({ devices }) => devices.filter(isDevice).map(({ login }) => login)),
    ),
  )
  // The paper alone changes nothing.
  const isAble = ({ paper }: CardDevice): boolean => paper !== true
  const owners =
    findCard(device, 'team')?.people.filter((one) => one.role === 'owner' && one.devices.some(isAble)) ?? []
  const left = owners.filter(
    (one) => !isOf(one) || (!isWhole && one.devices.some((each) => isAble(each) && !isDevice(each))),
  )
  if (owners.length > 0 && left.length === 0) return 'last-owner'
  // Shut out first: the cards follow, and replace the keys.
  for (const login of logins) if (login !== device.login) await server.shut(login)
  return placeAll(
    device,
    logs.toSorted((one, other) => rank(other) - rank(one)),
    () => (card) => {
      const people = card.people.flatMap((one) => {
        if (!isOf(one)) return [one]
        return isWhole ? [] : [{ ...one, devices: one.devices.filter((each) => !isDevice(each)) }]
      })
      return set(card, { people })
    },
  )
}

/** Shuts a device out; a member without the role of an owner does so at the server for their own, and an owner's or lead's device places the cards. */
export async function removeDevice(device: TeamDevice, uid: string): Promise<CardEffect> {
  const found = device.store.logs().flatMap(({ card }) =>
    (card?.card.people ?? []).flatMap((person) => {
      const one = person.devices.find((each) => each.device === uid)
      return one === undefined ? [] : [{ member: person.member, login: one.login }]
    }),
  )
  const [first] = found
  if (first === undefined) return 'none'
  const isOwner = findCard(device, 'team')?.people.some(
    ({ member, role }) => member === device.member && role === 'owner',
  )
  if (isOwner !== true) {
    if (first.member !== device.member) return 'not-allowed'
    if (first.login !== device.login) await device.server.shut(first.login)
    return 'placed'
  }
  return remove(
    device,
    ({ devices }) => devices.some((each) => each.device === uid),
    false,
    (each) => each.device === uid,
  )
}

/** Puts a device of a member into every card that has the member. Throws `TeamServerError`. */
export async function addDevice(device: TeamDevice, member: string, added: CardDevice): Promise<CardEffect> {
  const logs = device.store
    .logs()
    .filter(({ card }) => card?.card.people.some((one) => one.member === member))
    .toSorted((one, other) => rank(one) - rank(other))
  return placeAll(device, logs, () => (card) => {
    if (card.people.some(({ devices }) => devices.some((one) => one.device === added.device))) return 'none'
    const people = card.people.map((one) =>
      one.member === member ? { ...one, devices: [...one.devices, added] } : one,
    )
    return set(card, { people })
  })
}

/** What an owner can decide where a log stopped. `head`: of the first batch of a history, or of the log before the batch that is passed over. */
export interface Choice {
  readonly head: Uint8Array
  readonly what: 'own' | 'server' | 'pass'
  readonly placedBy: string
}

/** What is authentic neither now nor later. */
const PASSABLE: ReadonlySet<StopReason> = new Set([
  'not-signed',
  'unknown-author',
  'other-card',
  'card-not-allowed',
  'blob-missing',
  'fault',
])

export function listChoices(store: TeamStore, log: string): readonly Choice[] {
  const held = store.log(log)
  if (held === null || held.stop === null) return []
  const fork = store.forks().find((one) => one.log === log)
  if (held.stop.reason === 'other-history') {
    return fork === undefined
      ? []
      : [
          { head: fork.own.head, what: 'own', placedBy: fork.own.placedBy },
          { head: fork.server.head, what: 'server', placedBy: fork.server.placedBy },
        ]
  }
  if (!PASSABLE.has(held.stop.reason)) return []
  return [{ head: held.head, what: 'pass', placedBy: held.stop.placedBy ?? 'an unknown login' }]
}

async function choose(device: TeamDevice, log: string, head: Uint8Array): Promise<CardEffect> {
  const { store, server } = device
  const chosen = listChoices(store, log).find((one) => isSame(one.head, head))
  const stop = store.log(log)?.stop ?? null
  if (chosen === undefined || stop === null) return 'none'
  if (chosen.what !== 'pass') {
    const fork = store.forks().find((one) => one.log === log)
    if (fork === undefined) return 'none'
    await (chosen.what === 'own' ? adoptOwn(device, log, fork) : adoptServer(device, log, fork))
    // What this device filled is all that the log has.
    if (chosen.what === 'own') await server.goOn()
    const link = { at: fork.at, head: toHex(head) }
    return placeCard(device, log, (card) => set(card, { forks: [...card.forks, link].slice(-1000) }))
  }
  const [batch] = await server.read(log, stop.at)
  if (batch?.at !== stop.at) return 'none'
  // A card that no device may follow ends the chain of cards, so it and what rests on it leave the server.
  if (batch.class === 'card') await server.cut(log, stop.at)
  const link = { at: stop.at, head: toHex(headAfter(batch)) }
  return placeCard(device, log, (card) => set(card, { passes: [...card.passes, link].slice(-1000) }))
}
