import { AREAS } from '../../../shared/contract/app.ts'
import type { ExchangeResult } from '../../../shared/contract/team.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { describeDifference, LARGEST_CLOCK_MS } from '../../../shared/team/clocks.ts'
import { NAMED_KIND } from '../../../shared/team/named.ts'
import { listClientUids } from '../../register/clients/client.ts'
import { listUnread } from '../../register/team/custody.ts'
import { readNames } from '../../register/team/logs.ts'
import { readIssuedInvites, writeIssuedInvites, writeTeamPlace } from '../../register/team/place.ts'
import { shareClient } from '../../register/team/share-client.ts'
import { addWaiting } from '../../register/team/waiting.ts'
import { openTeamSecrets } from '../../secrets/team-secrets.ts'
import { exchange, type Exchanged } from '../../team/exchange.ts'
import { openClient } from '../../team/found.ts'
import { answerKnocks } from '../../team/knock.ts'
import { mendRights } from '../../team/mend.ts'
import { commit, type Context, getReader, makeRegister } from '../core/context.ts'
import { declareCustody } from '../core/custody.ts'
import { followExchangedPrices } from '../prices/follow-price.ts'
import { type OpenTeam, readPlace } from './open-team.ts'
import { createLister, findNames, isOwner } from './people.ts'
import { describeProblem, isServerGone, toTeamRefusal } from './refusal.ts'
import { shareFigures } from './share-figures.ts'
import { countAllWaiting, describeStop, listAsked, listRefused } from './status.ts'

/**
 * One exchange with the server, and what each device does beside it: it opens clients that were added there, names people, and declares which
 * credentials it has; that of an owner also lets in devices that ask, and makes the rights on the server those of the cards. Each of these is
 * independent: one that fails leaves the others. Throws `Refusal` where the server cannot be used; `contact` has every problem in words.
 */
export function exchangeTeam(context: Context, team: OpenTeam): Promise<ExchangeResult> {
  return team.inTurn(async () => {
    const before = team.contact.problems.join()
    try {
      return await exchangeOnce(context, team)
    } catch (error) {
      team.contact.problems = [describeProblem(context, error)]
      throw toTeamRefusal(error)
    } finally {
      followServer(context, team)
      // The window shows whether the server answers, also where nothing came or went.
      if (team.contact.problems.join() !== before) context.events.changed('app')
    }
  })
}

/** The server's rights are compared with the cards this often, since one that was restored from a backup has former ones. */
const MENDED_MS = 3_600_000

async function exchangeOnce(context: Context, team: OpenTeam): Promise<ExchangeResult> {
  const { device, contact } = team
  const problems: string[] = []
  const part = async <T>(work: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      if (isServerGone(error)) throw error
      problems.push(describeProblem(context, error))
      return null
    }
  }
  const askedBefore = new Set(listAsked(context, device).map(({ uid }) => uid))
  const done: Exchanged[] = [await exchange(device)]
  noteEnrolled(context, team)
  const enrolled = isOwner(device) ? ((await part(() => answerInvited(context, team, problems))) ?? 0) : 0
  const opened = await openClients(context, team, part)
  const named = (await part(() => nameMembers(context, team))) ?? 0
  const declared = await part(() => declareCustody(context))
  if (enrolled + opened + named > 0 || declared === true) done.push(await exchange(device))
  const sum = (pick: (each: Exchanged) => number): number => done.reduce((total, each) => total + pick(each), 0)
  const restored = sum((each) => each.restored)
  if (contact.mendedAt === null || restored + enrolled > 0 || context.now() - contact.mendedAt > MENDED_MS) {
    if ((await part(() => mendRights(device))) !== null) contact.mendedAt = context.now()
  }
  await part(() => followExchangedPrices(context))
  await part(() => shareFigures(context, team))
  const refused = listRefused(
    context,
    device,
    done.flatMap((each) => each.refused),
  )
  const [read, placed] = [sum((each) => each.read), sum((each) => each.placed)]
  contact.at = context.now()
  contact.problems = [...problems, ...listTroubles(context, team, done)]
  if (read + placed + refused.length > 0) context.events.changed(...AREAS)
  return {
    read,
    placed,
    restored,
    enrolled,
    waiting: countAllWaiting(context),
    refused,
    askedBack: listAsked(context, device).filter(({ uid }) => !askedBefore.has(uid)),
    sentences: [
      ...contact.problems,
      ...device.store.logs().flatMap((log) => describeStop(context, device, log)?.sentence ?? []),
    ],
  }
}

/** What an exchange showed that needs a person, in words. */
function listTroubles(context: Context, { device }: OpenTeam, done: readonly Exchanged[]): readonly string[] {
  const { name, slug } = createLister(getReader(context), device)
  const last = done.at(-1)
  const ahead = context.now() - (last?.now ?? context.now())
  const owners = device.store.log(device.team)?.card?.card.people.filter(({ role }) => role === 'owner') ?? []
  const devices = owners.flatMap((owner) => owner.devices)
  const isAlone = isOwner(device) && devices.length < 2
  const differs = done.flatMap((each) => each.differs)
  return [
    ...(last?.isRestoring === true
      ? [
          'The server was restored from an earlier state, and the devices fill what it lost. Exchange again in some minutes.',
        ]
      : []),
    ...(done.some((each) => each.isCopied)
      ? [
          'Another installation has the keys of this device: its profile was copied. Join with one of the two in a new profile.',
        ]
      : []),
    ...new Set(
      done.flatMap((each) =>
        each.withheld.map(
          (log) =>
            `The server refuses what the team allows in the log of ${slug(log) ?? 'the agency'}. Have an owner’s device exchange.`,
        ),
      ),
    ),
    ...differs.map(
      ({ log, device: other }) =>
        `The registers of this device and of ${name(findMemberOf(device.store.log(log), other)) ?? 'another member'} differ in ${slug(log) ?? 'the agency'}. Run castellan team verify on both.`,
    ),
    ...(Math.abs(ahead) <= LARGEST_CLOCK_MS
      ? []
      : [
          `The clock of this device is ${describeDifference(ahead)}${ahead > 0 ? ' of' : ''} the server’s. Set the one that is wrong.`,
        ]),
    ...(isAlone
      ? ['If this device is lost, no one can change the team. Print a recovery code: castellan team paper.']
      : []),
    ...listUnread(getReader(context)).map(
      ({ client, connection }) =>
        `No device has a credential of ${connection} (${client}), so no device reads it. Set one on the device that is to read it.`,
    ),
  ]
}

function findMemberOf(log: ReturnType<OpenTeam['device']['store']['log']>, device: string): string | null {
  const people = log?.card?.card.people ?? []
  return people.find(({ devices }) => devices.some((each) => each.device === device))?.member ?? null
}

/** Lets in the devices that asked under an invite of this device; one that was refused is named. Returns how many. */
async function answerInvited(context: Context, { device }: OpenTeam, problems: string[]): Promise<number> {
  const rows = readIssuedInvites(getReader(context))
  if (rows.length === 0) return 0
  const secrets = openTeamSecrets(context.session())
  const issued = []
  for (const row of rows) {
    const secret = await secrets.get(`team-invite-${row.uid}`)
    if (secret !== null) issued.push({ ...row, secret: Buffer.from(secret, 'hex') })
  }
  const { enrolled, refused, over } = await answerKnocks(device, issued)
  for (const { uid, reason } of refused) {
    const { email = '' } = rows.find((row) => row.uid === uid) ?? {}
    problems.push(`A device that asked under the invite of ${email} was refused: ${reason} Invite them again.`)
  }
  const ended = new Set([...enrolled, ...over, ...refused.map(({ uid }) => uid)])
  if (ended.size === 0) return 0
  for (const uid of ended) await secrets.delete(`team-invite-${uid}`)
  commit(context, [], ({ writer }) => {
    writeIssuedInvites(
      writer,
      readIssuedInvites(writer).filter(({ uid }) => !ended.has(uid)),
    )
  })
  return enrolled.length
}

/**
 * Opens logs for the clients of this register that have none in the team; one that was added before the profile belonged to a team goes there as it
 * is now, before all that waits for it. Returns for how many.
 */
async function openClients(
  context: Context,
  { device }: OpenTeam,
  part: <T>(work: () => Promise<T>) => Promise<T | null>,
): Promise<number> {
  let opened = 0
  for (const { uid } of listClientUids(getReader(context))) {
    if (device.store.log(uid) !== null || device.root === null) continue
    const isOpened = await part(async () => {
      makeRegister(context).transact((writer) => shareClient(writer, uid, context.now()))
      return openClient(device, uid)
    })
    if (isOpened === true) opened += 1
  }
  return opened
}

/** Gives the people of logs their names there, where this device leads the log and knows them. Returns how many. */
function nameMembers(context: Context, { device }: OpenTeam): number {
  const reader = getReader(context)
  const [names, inLogs] = [findNames(reader), readNames(reader)]
  const due = device.store.logs().flatMap(({ log, kind, card, isHeld }) => {
    const people = card?.card.people ?? []
    const role = people.find(({ member }) => member === device.member)?.role
    if (kind === 'team' || !isHeld || (role !== 'owner' && role !== 'lead')) return []
    return people.flatMap(({ member }) => {
      const name = names.get(member)
      return name === undefined || inLogs.get(log)?.has(member) === true ? [] : [{ log, member, ...name }]
    })
  })
  if (due.length === 0) return 0
  commit(context, [], ({ writer, at }) => {
    for (const { log, member, name, email } of due) {
      const body = { v: 1, member, name, email }
      addWaiting(writer, log, { kind: NAMED_KIND, at, subject: name, body })
    }
  })
  return due.length
}

/** The invite is used up once this device was let in. */
function noteEnrolled(context: Context, { device }: OpenTeam): void {
  const place = readPlace(context)
  const team = device.store.log(device.team)?.card?.card
  const name = findNames(getReader(context)).get(device.member)?.name ?? place.name
  const isIn = device.store.logs().some(({ card }) => card?.card.people.some(({ member }) => member === device.member))
  if (!isIn || (place.invite === null && name === place.name)) return
  commit(context, ['app'], ({ writer, note }) => {
    writeTeamPlace(writer, { ...place, invite: null, name })
    if (place.invite === null) return
    const body = { team: place.team, root: place.root }
    note({ action: 'team.joined', client: null, subject: team?.team?.name ?? counted(1, 'team'), body })
  })
}

/** Looks where the newest card of the team has its server, once an owner moved it. */
function followServer(context: Context, { device }: OpenTeam): void {
  const card = device.store.log(device.team)?.card?.card.team ?? null
  const place = readPlace(context)
  if (card === null || place.founding !== null) return
  const { host, port, database, authority } = card
  const named = { host, port, database, authority }
  // A server that its member chose for this device stays until an owner moves the team again.
  if (JSON.stringify(named) === JSON.stringify(place.named)) return
  const server = place.named === null ? place.server : named
  commit(context, ['app'], ({ writer }) => writeTeamPlace(writer, { ...place, named, server }))
}
