import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Sqlite from 'better-sqlite3'
import { expect } from 'vitest'

import type { Clock } from '../../../electron/providers/kit/clock.ts'
import { RegisterRefused } from '../../../electron/register/db/migrate.ts'
import { memoryStore, type SecretStore } from '../../../electron/secrets/secret-store.ts'
import type { TeamServers } from '../../../electron/team/postgres/servers.ts'
import type { ServiceHost } from '../../../electron/service/kit/host.ts'
import { openService, type Service } from '../../../electron/service/process/open.ts'
import type { SaveAnswer } from '../../../shared/contract/control.ts'
import { closeAfterTest } from '../../temporary/closing.ts'
import { putCopy } from '../../temporary/template.ts'
import { unnamedNumbers } from '../journal-numbers.ts'

export interface RecordingHost extends ServiceHost {
  readonly notifications: { title: string; body: string; to: string }[]
  readonly titles: string[]
}

/** A terminal, which shows no one anything. */
export function silentHost(): ServiceHost {
  return { shell: 'terminal', saveTarget: async () => ({ outcome: 'cancelled' }), setTitle: () => undefined }
}

/** A desktop whose dialog a person answers with `answer`. */
export function recordingHost(
  shell: ServiceHost['shell'] = 'terminal',
  answer: SaveAnswer = { outcome: 'cancelled' },
): RecordingHost {
  const notifications: RecordingHost['notifications'] = []
  const titles: string[] = []
  return {
    shell,
    notifications,
    titles,
    notify: (notification) => {
      notifications.push({ ...notification })
    },
    saveTarget: async () => answer,
    setTitle: (title) => {
      titles.push(title)
    },
  }
}

/** Whatever a test wrote: its journal names every row so that another register could find it. */
function findUnnamed(service: Service): readonly string[] {
  const { register } = service.context.session()
  try {
    return register === null ? [] : unnamedNumbers(register.reader)
  } catch (error) {
    // The test closed or damaged it.
    const cause = error instanceof RegisterRefused ? error.cause : error
    if (cause instanceof Sqlite.SqliteError || (cause instanceof TypeError && /not open/u.test(cause.message)))
      return []
    throw error
  }
}

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'castellan-profile-'))
}

/** A profile with an empty register, its key in a file. */
export async function emptyProfile(): Promise<string> {
  const profile = join(newProfile(), 'profile')
  await putCopy('empty-profile', profile, async (made) => {
    const secrets = memoryStore('No keychain in this test.')
    await (await openService({ profile: made, mode: 'write', host: recordingHost(), secrets })).close()
  })
  return profile
}

/** A service on a profile of its own with secrets in memory, closed after the test. */
export async function newService(
  options: {
    readonly profile?: string
    readonly now?: () => number
    readonly clock?: Clock
    readonly mode?: 'read' | 'write'
    readonly host?: ServiceHost
    readonly secrets?: SecretStore
    readonly teamServers?: TeamServers
    readonly mostHeldUnasked?: number
    readonly asideFrom?: number
    readonly as?: 'runner'
  } = {},
): Promise<Service> {
  const service = await openService({
    profile: options.profile ?? (await emptyProfile()),
    mode: options.mode ?? 'write',
    host: options.host ?? recordingHost(),
    secrets: options.secrets ?? memoryStore('No keychain in this test.'),
    as: options.as,
    mostHeldUnasked: options.mostHeldUnasked,
    asideFrom: options.asideFrom,
    ...(options.now ? { now: options.now } : {}),
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.teamServers ? { teamServers: options.teamServers } : {}),
  })
  return closeAfterTest(service, () => expect(findUnnamed(service)).toEqual([]))
}
