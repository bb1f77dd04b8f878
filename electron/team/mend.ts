import { toLevel } from '../../shared/team/rights.ts'
import { findCard, placeCard, toRights } from './cards.ts'
import type { TeamDevice } from './device.ts'
import { listLogs, openAgency } from './found.ts'
import type { Card, CardPerson } from '../../shared/team/card.ts'

/**
 * Makes the rights and wraps on the server those of the newest cards, as far as this device leads their logs: the server may have lost or changed them.
 * An owner's device also lists opened logs, and puts owners and auditors into the cards that lack them. Returns how many logs it changed. Throws
 * `TeamServerError`.
 */
export async function mendRights(device: TeamDevice): Promise<number> {
  const { server, store, member } = device
  let mended = 0
  if (findCard(device, 'team')?.people.some((one) => one.member === member && one.role === 'owner') === true) {
    await openAgency(device)
    mended += await completeCards(device)
    mended += await listLogs(device)
  }
  const shown = Map.groupBy(await server.listRights(), ({ log }) => log)
  for (const { log, card, keys, kind } of store.logs()) {
    const role = card?.card.people.find((one) => one.member === member)?.role
    if (card === null || (role !== 'owner' && role !== 'lead') || keys.length < card.card.generation) continue
    const wanted = card.card.people.flatMap((one) =>
      one.devices.map(({ login }) => `${login} ${toLevel(one.role, kind)}`),
    )
    const there = (shown.get(log) ?? []).map(({ login, level, hasWrap }) => (hasWrap ? `${login} ${level}` : login))
    if (wanted.toSorted().join() === there.toSorted().join()) continue
    await server.setRights(log, toRights(device, log, card.card, keys.slice(0, card.card.generation)))
    mended += 1
  }
  return mended
}

/** Puts the owners of the team into every card as owners, with all their devices, and auditors into those of clients. */
async function completeCards(device: TeamDevice): Promise<number> {
  const team = findCard(device, 'team')
  const owners = team?.people.filter(({ role }) => role === 'owner') ?? []
  const auditors = findCard(device, 'agency')?.people.filter(({ role }) => role === 'auditor') ?? []
  let changed = 0
  for (const { log, kind } of device.store.logs()) {
    if (kind === 'team') continue
    const due =
      kind === 'client' ? [...owners, ...auditors.map((one) => ({ ...one, role: 'viewer' as const }))] : owners
    const effect = await placeCard(device, log, (card) => complete(card, due))
    if (effect === 'placed') changed += 1
  }
  return changed
}

function complete(card: Card, due: readonly CardPerson[]): Card | 'none' {
  const people = card.people.map((one) => {
    const wanted = due.find(({ member }) => member === one.member)
    if (wanted === undefined) return one
    const known = new Set(one.devices.map(({ device }) => device))
    const devices = [...one.devices, ...wanted.devices.filter(({ device }) => !known.has(device))]
    return { ...one, role: wanted.role === 'owner' ? wanted.role : one.role, devices }
  })
  const lacking = due.filter(({ member }) => !card.people.some((one) => one.member === member))
  const next = [...people, ...lacking]
  return JSON.stringify(next) === JSON.stringify(card.people) ? 'none' : { ...card, people: next }
}
