import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isContractProcedure } from '@orpc/contract'
import { ORPCError } from '@orpc/server'
import { expect, it } from 'vitest'
import { z } from 'zod'

import { RegisterRefused } from '../../../electron/register/db/migrate.ts'
import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { openService } from '../../../electron/service/process/open.ts'
import { ERROR_STATUS } from '../../../shared/contract/common.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { drill, DRILL_LIMIT_MS } from '../../drills/drill.ts'
import { makeRandom } from '../../providers/random.ts'
import { putSample } from '../../sample-profile.ts'
import { recordingHost } from './services.ts'

const NEVER_END: ReadonlySet<string> = new Set(['app.events', 'sync.watch', 'usageFolders.watch'])

/** The operations that can be called without naming anything. */
const LISTS = Object.entries(contract).flatMap(([area, own]) =>
  Object.entries(own)
    .filter(([name, operation]) => isContractProcedure(operation) && !NEVER_END.has(`${area}.${name}`))
    .map(([name, operation]) => ({ area, name, schema: operation['~orpc'].inputSchema as unknown }))
    .filter(({ schema }) => schema === undefined || (schema instanceof z.ZodType && schema.safeParse({}).success)),
)

const says = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error))

/** Why an error is not one that a person can act on; null where it is. */
function faultIn(error: unknown): string | null {
  if (error instanceof RegisterRefused) return error.hint === '' ? says(error) : null
  return error instanceof ORPCError && Object.hasOwn(ERROR_STATUS, error.code) ? null : says(error)
}

it(
  'a register that is damaged anywhere is refused, or answers, or reports the damage; integrity notices it',
  async () => {
    const { count, seed } = drill('damage-registers')
    const random = makeRandom(seed)
    const folder = mkdtempSync(join(tmpdir(), 'castellan-damaged-'))
    const [profile, damaged] = [join(folder, 'profile'), join(folder, 'damaged')]
    await putSample(profile)
    cpSync(profile, damaged, { recursive: true })
    const whole = readFileSync(join(profile, 'register.db'))
    const faults = new Map<string, number>()
    let noticed = 0
    for (let n = 0; n < count; n += 1) {
      const bytes = Buffer.from(whole)
      const at = Math.floor(random() * (bytes.length - 16))
      for (let byte = 0; byte < 16; byte += 1) bytes[at + byte] = (bytes[at + byte] ?? 0) ^ 0x5a
      writeFileSync(join(damaged, 'register.db'), bytes)
      const tell = (error: unknown): void => {
        const fault = faultIn(error)
        if (fault !== null) faults.set(fault, at)
      }
      const secrets = memoryStore('Tests have no keychain.')
      const service = await openService({ profile: damaged, mode: 'read', host: recordingHost(), secrets }).catch(
        (error: unknown) => {
          tell(error)
          return null
        },
      )
      if (service === null) {
        noticed += 1
        continue
      }
      const api = service.api as unknown as Readonly<
        Record<string, Readonly<Record<string, (input: object) => Promise<unknown>>>>
      >
      for (const { area, name } of LISTS) await api[area]?.[name]?.({}).catch(tell)
      if (!(await service.api.app.integrity()).ok) noticed += 1
      await service.close()
    }
    expect(Object.fromEntries(faults)).toEqual({})
    expect(noticed).toBe(count)
  },
  DRILL_LIMIT_MS,
)
