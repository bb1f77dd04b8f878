import type { Card, CardPerson } from '../../shared/team/card.ts'
import { createName, findCard, openLog, placeCard } from './cards.ts'
import { headAfter } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { toHex } from './form.ts'
import { TeamServerError } from './server.ts'

function describeOwn({ member, device, keys, login }: TeamDevice, role: CardPerson['role']): CardPerson {
  const own = { device, signKey: toHex(keys.sign.publicKey), boxKey: toHex(keys.box.publicKey), login }
  return { member, role, devices: [own] }
}

/**
 * Places the first card of a team, or finds that of an earlier attempt. Returns its head, which names the team in every invite. Throws
 * `TeamServerError`.
 */
export async function foundTeam(
  device: TeamDevice,
  team: NonNullable<Card['team']>,
): Promise<{ readonly root: Uint8Array }> {
  const [known] = device.store.batches(device.team, 0, 1)
  const people = [describeOwn(device, 'owner')]
  const first = known ?? (await openLog(device, device.team, { kind: 'team', people, logs: [], team }))
  if (first?.device !== device.device) {
    throw new TeamServerError('not-empty', 'The database contains another team. Give the new team an empty database.')
  }
  return { root: headAfter(first) }
}

/** Opens the log of the agency, as the owner who founded the team. Throws `TeamServerError`. */
export async function openAgency(device: TeamDevice): Promise<void> {
  if (findCard(device, 'agency') !== null) return
  await openLog(device, createName(device, device.now()), { kind: 'agency', people: [describeOwn(device, 'owner')] })
}

/** Opens the log of a client: owners own it, auditors view it, and who opened it leads it. False: another device opened it. Throws `TeamServerError`. */
export async function openClient(device: TeamDevice, log: string): Promise<boolean> {
  const owners = findCard(device, 'team')?.people.filter(({ role }) => role === 'owner') ?? []
  const auditors = findCard(device, 'agency')?.people.filter(({ role }) => role === 'auditor') ?? []
  const isOwner = owners.some(({ member }) => member === device.member)
  const people: CardPerson[] = [
    ...owners,
    ...auditors.filter(({ member }) => member !== device.member).map((one) => ({ ...one, role: 'viewer' as const })),
    ...(isOwner ? [] : [describeOwn(device, 'lead')]),
  ]
  return (await openLog(device, log, { kind: 'client', people })) !== null
}

/** Lists the logs that were opened since in a card of the team, as an owner. Returns how many. Throws `TeamServerError`. */
export async function listLogs(device: TeamDevice): Promise<number> {
  const known = new Set(device.store.cards(device.team).flatMap(({ card }) => card.logs?.map(({ log }) => log) ?? []))
  const opened: NonNullable<Card['logs']> = []
  for (const { log, kind, card } of device.store.logs()) {
    if (kind === 'team' || known.has(log) || card === null) continue
    const [first] = device.store.batches(log, 0, 1)
    opened.push({ log, kind, card: toHex(first?.head ?? card.head) })
  }
  if (opened.length === 0) return 0
  await placeCard(device, device.team, (card) => ({ ...card, logs: opened }))
  return opened.length
}
