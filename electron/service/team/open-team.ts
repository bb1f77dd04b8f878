import { setTimeout as sleep } from 'node:timers/promises'

import { evaluateStale } from '../../register/findings/evaluate.ts'
import type { Register } from '../../register/register.ts'
import { linkOrigins } from '../../register/remediation/named-rows.ts'
import { readDueSql, readTeamPlace, type TeamPlace } from '../../register/team/place.ts'
import { createRegisterStore } from '../../register/team/store.ts'
import { openTeamSecrets, type TeamSecrets } from '../../secrets/team-secrets.ts'
import { loadTeamCrypto, type TeamCrypto } from '../../team/crypto.ts'
import { fromHex, toHex } from '../../team/hex.ts'
import { createKeyRing } from '../../team/key-ring.ts'
import { type TeamAdministration, type TeamLog, TeamLogError } from '../../team/log.ts'
import type { ServerAddress } from '../../team/postgres/connect.ts'
import { POSTGRES, type TeamServers } from '../../team/postgres/servers.ts'
import { createReplica, type Replica } from '../../team/replica.ts'
import { type Context, getReader, makeMoment, makeRegister } from '../core/context.ts'
import type { Session } from '../core/session.ts'
import { settleDevice } from './device-secrets.ts'
import { closeTeam, closeWithSession, isEnding } from './gate.ts'
import { notInTeam } from './refusal.ts'
import { Refusal } from '../kit/refusal.ts'

/** A team as the device of this profile has it, and its server. */
export interface OpenTeam {
  /** As it was opened; `founding` and `invite` end later. */
  readonly place: Omit<TeamPlace, 'founding' | 'invite'>
  readonly crypto: TeamCrypto
  readonly servers: TeamServers
  readonly address: ServerAddress
  readonly replica: Replica
  readonly log: TeamLog & TeamAdministration
  /** What the last contact with the server showed. */
  readonly contact: Contact
  /** Runs work after what was asked before, so that two exchanges never decide the same. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Ends the connection once what is under way ended; later work fails as if the server did not answer. */
  readonly close: () => Promise<void>
}

export interface Contact {
  /** Milliseconds; null: the server has not answered this process. */
  at: number | null
  /** Why the server could not be used the last time, in words; null when it could. */
  problem: string | null
  /** Statements for an administrator of the database; kept in the register, since another process shows them. */
  sql: readonly string[]
  /** After which position of `team`, and when, this process last made the server agree with the history; null: not yet. */
  administered: { readonly next: number; readonly at: number } | null
}

/** Throws `Refusal` CONFLICT for a profile without a team. */
export function readPlace(context: Context): TeamPlace {
  const place = readTeamPlace(getReader(context))
  if (place === null) throw notInTeam()
  return place
}

export function readSecrets(context: Context): TeamSecrets {
  return openTeamSecrets(context.session())
}

/** Where the server is, for a login. */
export function toAddress(place: Pick<TeamPlace, 'server'>, login: string, password: string): ServerAddress {
  const { host, port, database, authority } = place.server
  return { host, port, database, login, password, ...(authority === null ? {} : { authority }) }
}

const opened = new WeakMap<Session, { readonly place: string; readonly team: Promise<OpenTeam> }>()

/**
 * The team of the open profile. Throws `Refusal` CONFLICT for a profile without one, and KEYCHAIN or CONFLICT where the keys
 * of its device are not on this machine.
 */
export function openTeam(context: Context): Promise<OpenTeam> {
  const session = context.session()
  const place = readPlace(context)
  // Another invite makes another device or team of it; the rest of a place is read when it is needed. While a team is
  // founded, its first entry is placed over what is open here, and a window that looks on must not end it.
  const { team: uid, server, login, device, founding } = place
  const root = founding === null ? place.root : null
  const written = JSON.stringify([uid, server, login, device, root])
  const held = opened.get(session)
  if (held?.place === written) return held.team
  if (isEnding(session)) throw new Refusal('CONFLICT', 'The profile is being closed.', 'Open it again.')
  const register = makeRegister(context)
  const team = closeTeam(session).then(() => makeTeam(context, { session, register, place }))
  opened.set(session, { place: written, team })
  team.catch(() => opened.delete(session))
  closeWithSession(session, async () => {
    opened.delete(session)
    await team.then(({ close }) => close()).catch(() => undefined)
  })
  return team
}

interface Parts {
  readonly session: Session
  readonly register: Register
  readonly place: TeamPlace
}

/** Over what was open when it was asked for, since another profile may be by the time that keys are read. */
async function makeTeam(context: Context, { session, register, place }: Parts): Promise<OpenTeam> {
  const crypto = await loadTeamCrypto()
  const secrets = openTeamSecrets(session)
  if (session.mode === 'write') await settleDevice(secrets, place.device)
  const [seed, password] = [await secrets.get('team-device'), await secrets.get('team-login')]
  const keys = seed === null ? null : crypto.createDeviceKeys(fromHex(seed))
  if (keys === null || password === null || toHex(keys.sign.publicKey) !== place.signKey) throw otherDevice()
  const address = toAddress(place, place.login, password)
  const servers = context.teamServers ?? POSTGRES
  const { log, close } = openClosable(servers.open(address, place.team))
  const { inTurn, settled } = makeTurns()
  return {
    place,
    crypto,
    servers,
    address,
    replica: createReplica({
      crypto,
      author: { device: place.device, keys },
      keys: createKeyRing(),
      team: place.team,
      ...(context.mostHeldUnasked === undefined ? {} : { mostUnasked: context.mostHeldUnasked }),
      root: place.founding !== null || place.root === null ? null : fromHex(place.root),
      store: createRegisterStore(register, {
        derive: (writer) => {
          evaluateStale(writer, makeMoment(context))
          linkOrigins(writer)
        },
        changed: (areas) => context.events.changed(...areas),
      }),
    }),
    log,
    contact: { at: null, problem: null, sql: readDueSql(register.reader), administered: null },
    inTurn,
    close: () => Promise.race([close().then(settled), sleep(LONGEST_END_MS, undefined, { ref: false })]),
  }
}

/** A server that does not answer must not keep a profile from closing. */
const LONGEST_END_MS = 2000

type ServerLog = TeamLog & TeamAdministration

/**
 * A log that connects no more once it was closed, and whose calls end then, whether or not the server answers: an exchange that is
 * under way must not outlive its register, nor keep it open.
 */
function openClosable(log: ServerLog): { readonly log: ServerLog; readonly close: () => Promise<void> } {
  let isClosed = false
  const open = new Set<(error: Error) => void>()
  const closed = (): TeamLogError => new TeamLogError('offline', 'The profile was closed. Open it again.')
  const guard =
    (call: (...args: readonly never[]) => Promise<unknown>) =>
    async (...args: readonly never[]): Promise<unknown> => {
      if (isClosed) throw closed()
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      open.add(reject)
      call(...args).then(resolve, reject)
      try {
        return await promise
      } finally {
        open.delete(reject)
      }
    }
  const guarded = Object.fromEntries(Object.entries(log).map(([name, call]) => [name, guard(call as never)]))
  return {
    log: guarded as unknown as ServerLog,
    close: async () => {
      isClosed = true
      for (const end of open) end(closed())
      await log.close()
    },
  }
}

function makeTurns(): Pick<OpenTeam, 'inTurn'> & { readonly settled: () => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve()
  return {
    inTurn: (work) => {
      const mine = last.then(work)
      last = mine.catch(() => undefined)
      return mine
    },
    settled: () => last.then(() => undefined),
  }
}

/** A register that came from another machine, such as by a backup, must not act as the device that it was there. */
function otherDevice(): Refusal {
  return new Refusal(
    'CONFLICT',
    'The keys of this device in the team are not on this machine: the profile was copied or restored from elsewhere, or its keychain lost them.',
    'Ask an owner of the team to invite you again, and join in a new profile; revoke this device if it is lost.',
    { about: 'device' },
  )
}
