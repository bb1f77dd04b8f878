import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'

import { journal, journalHead } from '../../register/db/journal.ts'
import { openRegister } from '../../register/open.ts'
import { salvage, type SalvagedTable } from '../../register/db/salvage.ts'
import { openSecretStore } from '../../secrets/open-secret-store.ts'
import { keepRegisterKey } from '../../secrets/register-key.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { invalid } from '../kit/refusal.ts'
import { profilePaths } from './paths.ts'
import { openPreferences } from './preferences.ts'
import { keyOfProfile } from './restore.ts'

export interface SalvageOptions {
  /** The profile whose key opens the damaged register. */
  readonly profile: string
  /** The damaged register, absolute. */
  readonly file: string
  /** The folder of the new profile, absolute: it does not exist yet, or is empty. */
  readonly into: string
  readonly now: () => number
  /** Of both profiles; by default the operating system's keychain. */
  readonly secrets?: SecretStore | undefined
}

export interface SalvageResult {
  readonly path: string
  readonly tables: readonly SalvagedTable[]
  /** The problems by the new register's own checks: rows that point at lost ones, gaps in the journal. */
  readonly problems: readonly string[]
}

/**
 * Copies the readable part of a damaged register into a new profile, which the same key opens. The damaged file is only
 * read. Throws `RegisterRefused` and `Refusal`; then no new profile is made.
 */
export async function salvageInto(options: SalvageOptions): Promise<SalvageResult> {
  const { profile, file, into, now } = options
  if (existsSync(into) && readdirSync(into).length > 0) {
    throw invalid(
      'into',
      `${into} is not empty.`,
      'Name a folder that does not exist yet: a salvaged register gets a profile of its own.',
    )
  }
  const { key } = await keyOfProfile(options)
  const wasThere = existsSync(into)
  mkdirSync(into, { recursive: true, mode: 0o700 })
  try {
    const { register: path } = profilePaths(into)
    const { tables, problems: ofJournal } = salvage(file, path, key, now())
    await keepRegisterKey({
      profile: into,
      secrets: options.secrets ?? (await openSecretStore({ profile: into })),
      key,
    })
    const register = openRegister({ path, key, now })
    try {
      const problems = [...register.check(), ...ofJournal]
      register.transact((writer) => {
        const lost = tables.filter(({ whole }) => !whole).map(({ table }) => table)
        const { operator } = openPreferences(profile).get()
        const body = { from: file, lost, problems: problems.length, end: journalHead(writer).seq }
        journal(writer, { at: now(), operator, action: 'register.salvaged', client: null, subject: 'register', body })
      })
      return { path, tables, problems }
    } finally {
      register.close()
    }
  } catch (error) {
    for (const name of readdirSync(into)) rmSync(`${into}/${name}`, { recursive: true, force: true })
    if (!wasThere) rmSync(into, { recursive: true, force: true })
    throw error
  }
}
