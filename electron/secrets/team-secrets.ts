import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { replacePrivateFile, syncFolder } from '../files/private-file.ts'
import { keepInKeychain, readKeptFile } from './kept-secret.ts'
import { KeychainError, type SecretStore } from './secret-store.ts'

/** The seed of the device's keys, the password of its login, both of a device that the register does not name yet, and the secrets of invites by their uid. */
export type TeamSecret = 'team-device' | 'team-login' | `team-${'device' | 'login' | 'invite'}-${string}`

/** The secrets of a device of a team. They are never in the register, which backups copy to other machines. */
export interface TeamSecrets {
  /** Null when there is none. Throws `KeychainError`, also for a file that is damaged. */
  get(name: TeamSecret): Promise<string | null>
  set(name: TeamSecret, secret: string): Promise<void>
  delete(name: TeamSecret): Promise<void>
}

interface KeyPlace {
  readonly profile: string
  readonly secrets: SecretStore
}

/**
 * Kept in the keychain or among the credentials of a service; without them, in the file `team.keys` (0600). The content
 * of the file moves into a keychain where there is one. Call it as the profile's writer.
 */
export function openTeamSecrets({ profile, secrets }: KeyPlace): TeamSecrets {
  const path = teamKeysPath(profile)
  const write = (kept: Readonly<Record<string, string>>): void => {
    if (Object.keys(kept).length > 0) replacePrivateFile(path, `${JSON.stringify(kept)}\n`)
    else {
      rmSync(path, { force: true })
      syncFolder(profile)
    }
  }
  const take = (name: TeamSecret): void => {
    const { [name]: taken, ...rest } = readFile(path)
    if (taken !== undefined) write(rest)
  }
  if (secrets.kind !== 'keychain') {
    const given = async (name: TeamSecret): Promise<string | null> =>
      secrets.kind === 'credentials' ? secrets.get(name) : null
    return {
      get: async (name) => (await given(name)) ?? readFile(path)[name] ?? null,
      // A credential would go on hiding what the file has.
      set: async (name, secret) =>
        (await given(name)) === null ? write({ ...readFile(path), [name]: secret }) : secrets.set(name, secret),
      delete: async (name) => take(name),
    }
  }
  return {
    get: async (name) => {
      const kept = await secrets.get(name)
      if (kept !== null) return kept
      const filed = readFile(path)[name] ?? null
      if (filed !== null) {
        await keepInKeychain(secrets, name, filed)
        take(name)
      }
      return filed
    },
    set: (name, secret) => keepInKeychain(secrets, name, secret),
    delete: async (name) => {
      await secrets.delete(name)
      take(name)
    },
  }
}

/** For people: that the keys are kept in a file, and what follows from it; null while they are not. */
export function teamKeysNotice({ profile, secrets }: KeyPlace): string | null {
  const path = teamKeysPath(profile)
  if (secrets.kind === 'keychain' || !existsSync(path)) return null
  return `The keys of this device in the team are kept in ${path}: anyone who can read that file can act as this device. ${secrets.detail}`
}

/** Where the keys are kept without a keychain. */
export function teamKeysPath(profile: string): string {
  return join(profile, 'team.keys')
}

const file = z.record(z.string(), z.string())

function readFile(path: string): Readonly<Record<string, string>> {
  const text = readKeptFile(path)
  if (text === null) return {}
  try {
    return file.parse(JSON.parse(text))
  } catch {
    throw new KeychainError(
      `The keys of this device in the team, in ${path}, are damaged.`,
      'Restore the file from a backup, or ask an owner of the team to revoke this device and to invite you again.',
    )
  }
}
