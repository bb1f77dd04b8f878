import { type Moment, toLocalDay } from '../../../shared/domain/day.ts'
import { clientId } from '../../register/clients/slug.ts'
import { openRegisterToRead } from '../../register/register.ts'
import type { Reader } from '../../register/db/handles.ts'
import { openSecretStore } from '../../secrets/open-secret-store.ts'
import { registerKey } from '../../secrets/register-key.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { asCall, profileLog } from '../log/profile-log.ts'
import { guardEnd } from '../profile/guard-end.ts'
import { profilePaths } from '../profile/paths.ts'
import { findRegister } from '../profile/presence.ts'

export interface ReadOnce {
  readonly profile: string
  /** By default the operating system's keychain. */
  readonly secrets?: SecretStore | undefined
  /** Slug of the only client; undefined: all. */
  readonly client: string | undefined
  /** Milliseconds since the epoch, UTC. */
  readonly now: () => number
}

/**
 * Reads the register of a profile (absolute path) once: a script waits for each answer, and a service with all its
 * operations takes several times as long to load as such an answer to find. The register is opened by the same steps as
 * for a service that reads. Returns null where a person has to be shown more than the answer, such as a register that
 * lacks rows or its key, and for a client that does not exist; a service finds and reports the same. Throws what opening a register and `work` throw.
 */
export async function readOnce<T>(
  { profile, client, now, ...given }: ReadOnce,
  work: (reader: Reader, moment: Moment) => Promise<T>,
): Promise<T | null> {
  if (findRegister(profile, false) !== 'there') return null
  const paths = profilePaths(profile)
  const secrets = given.secrets ?? (await openSecretStore({ profile }))
  const found = await registerKey({ profile, secrets, registerExists: true })
  if (found.state === 'missing') return null
  const log = profileLog(async () => {
    const { openLog } = await import('../log/log.ts')
    return openLog(paths.log, { what: 'terminal', mayTurn: false })
  })
  const end = guardEnd({ path: paths.journalEnd, key: found.key, secrets, answers: true, now })
  const register = openRegisterToRead({ path: paths.register, key: found.key, now, onSlow: (query) => log.slow(query) })
  try {
    const { notices } = await end.check(register, 'read')
    if (notices.length > 0) return null
    const { reader } = register
    return await asCall(async () => {
      if (client !== undefined && clientId(reader, client) === null) return null
      const at = now()
      return work(reader, { now: at, today: toLocalDay(at) })
    })
  } finally {
    register.close()
    await log.flush()
    log.close()
  }
}
