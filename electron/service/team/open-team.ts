import { setTimeout as sleep } from 'node:timers/promises'

import { evaluateStale } from '../../register/findings/evaluate.ts'
import { linkOrigins } from '../../register/remediation/named-rows.ts'
import { readTeamPlace, type TeamPlace } from '../../register/team/place.ts'
import { createRegisterStore } from '../../register/team/store.ts'
import { openTeamSecrets } from '../../secrets/team-secrets.ts'
import { loadTeamCrypto, type TeamCrypto } from '../../team/crypto.ts'
import type { TeamDevice } from '../../team/device.ts'
import { type ServerAddress, type TeamServer, TeamServerError } from '../../team/server.ts'
import { POSTGRES, type TeamServers } from '../../team/postgres/servers.ts'
import { type Context, getReader, makeMoment, makeRegister } from '../core/context.ts'
import type { Session } from '../core/session.ts'
import { Refusal } from '../kit/refusal.ts'
import { closeTeam, closeWithSession, isEnding } from './gate.ts'
import { notInTeam } from './refusal.ts'

/** A team as the device of this profile has it, and its server. */
export interface OpenTeam {
  readonly device: TeamDevice
  readonly address: ServerAddress
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
  /** What needs a person, by the last exchange, in words. */
  problems: readonly string[]
  /** When this process last made the rights on the server those of the cards; null: not yet. */
  mendedAt: number | null
}

/** Throws `Refusal` CONFLICT for a profile without a team. */
export function readPlace(context: Context): TeamPlace {
  const place = readTeamPlace(getReader(context))
  if (place === null) throw notInTeam()
  return place
}

export function findServers(context: Context): TeamServers {
  return context.teamServers ?? POSTGRES
}

/** Keeps the secrets of a new device before the register names it, so that a cut between the two leaves one that works. */
export async function keepDevice(
  context: Context,
  crypto: TeamCrypto,
  device: string,
): Promise<{ seed: Uint8Array; password: string }> {
  const secrets = openTeamSecrets(context.session())
  const [seed, password] = [crypto.random(32), Buffer.from(crypto.random(32)).toString('hex')]
  await secrets.set(`team-device-${device}`, Buffer.from(seed).toString('hex'))
  await secrets.set(`team-login-${device}`, password)
  return { seed, password }
}

const opened = new WeakMap<Session, { readonly place: string; readonly team: Promise<OpenTeam> }>()

/**
 * The team of the open profile. Throws `Refusal` CONFLICT for a profile without one, and KEYCHAIN or CONFLICT where the keys of its
 * device are not on this machine.
 */
export function openTeam(context: Context): Promise<OpenTeam> {
  const session = context.session()
  const place = readPlace(context)
  // Another invite or server makes another team of it; the rest of a place is read when it is needed.
  const written = JSON.stringify([place.team, place.server, place.login, place.device, place.root])
  const held = opened.get(session)
  if (held?.place === written) return held.team
  if (isEnding(session)) throw new Refusal('CONFLICT', 'The profile is being closed.', 'Open it again.')
  const register = makeRegister(context)
  const team = closeTeam(session).then(() => makeTeam(context, session, register, place))
  opened.set(session, { place: written, team })
  team.catch(() => opened.delete(session))
  closeWithSession(session, async () => {
    opened.delete(session)
    await team.then(({ close }) => close()).catch(() => undefined)
  })
  return team
}

/** Over what was open when it was asked for, since another profile may be by the time that keys are read. */
async function makeTeam(
  context: Context,
  session: Session,
  register: ReturnType<typeof makeRegister>,
  place: TeamPlace,
): Promise<OpenTeam> {
  const crypto = await loadTeamCrypto()
  const secrets = openTeamSecrets(session)
  // A service's credentials have the plain names.
  const seed = (await secrets.get(`team-device-${place.device}`)) ?? (await secrets.get('team-device'))
  const password = (await secrets.get(`team-login-${place.device}`)) ?? (await secrets.get('team-login'))
  const keys = seed === null ? null : crypto.createDeviceKeys(Buffer.from(seed, 'hex'))
  if (keys === null || password === null || Buffer.from(keys.sign.publicKey).toString('hex') !== place.signKey) {
    throw otherDevice()
  }
  const address = { ...place.server, login: place.login, password }
  const { server, close } = openClosable(findServers(context).open(address))
  let last: Promise<unknown> = Promise.resolve()
  return {
    address,
    device: {
      crypto,
      server,
      keys,
      store: createRegisterStore(register, {
        derive: (writer) => {
          evaluateStale(writer, makeMoment(context))
          linkOrigins(writer)
        },
        changed: (areas) => context.events.changed(...areas),
        now: context.now,
      }),
      team: place.team,
      root: place.root === null ? null : Buffer.from(place.root, 'hex'),
      member: place.member,
      device: place.device,
      login: place.login,
      now: context.now,
      mostHeld: context.mostHeldUnasked,
    },
    contact: { at: null, problems: [], mendedAt: null },
    inTurn: (work) => {
      const mine = last.then(work)
      last = mine.catch(() => undefined)
      return mine
    },
    // A server that does not answer must not keep a profile from closing.
    close: () => Promise.race([close().then(() => last.then(() => undefined)), sleep(2000, undefined, { ref: false })]),
  }
}

/** A server that connects no more once it was closed, and whose calls end then, so that an exchange does not outlive its register. */
function openClosable(server: TeamServer): { readonly server: TeamServer; readonly close: () => Promise<void> } {
  let isClosed = false
  const open = new Set<(error: Error) => void>()
  const closed = (): TeamServerError => new TeamServerError('offline', 'The profile was closed. Open it again.')
  const guard =
    (call: (...args: readonly never[]) => Promise<unknown>) =>
    async (...args: readonly never[]) => {
      if (isClosed) throw closed()
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      open.add(reject)
      call.apply(server, [...args]).then(resolve, reject)
      try {
        return await promise
      } finally {
        open.delete(reject)
      }
    }
  const guarded = Object.fromEntries(Object.entries(server).map(([name, call]) => [name, guard(call as never)]))
  return {
    server: guarded as unknown as TeamServer,
    close: async () => {
      isClosed = true
      for (const end of open) end(closed())
      await server.close()
    },
  }
}

/** A register that came from another machine, such as by a backup, must not act as the device that it was there. */
function otherDevice(): Refusal {
  return new Refusal(
    'CONFLICT',
    'The keys of this device in the team are not on this machine: the profile was copied or restored from elsewhere, or its keychain lost them.',
    'Join in a new profile, by an invite or by the recovery code of the team, and have this device revoked.',
    { about: 'device' },
  )
}
