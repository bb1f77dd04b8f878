/**
 * Reads a log into a register until it is killed or the log ends: `node read-events.ts REGISTER BASE_URL CONNECTION NOW`.
 * Prints a line whenever a part is stored, and goes on when it is answered by a byte, so that a test
 * which kills it need not be faster.
 */
import { readSync } from 'node:fs'

import { getProvider } from '../../../../electron/providers/registry.ts'
import type { Sink } from '../../../../electron/providers/kit/tally.ts'
import { type Register } from '../../../../electron/register/register.ts'
import { openRegister } from '../../../../electron/register/open.ts'
import { openEventLog } from '../../../../electron/service/sync/event-log.ts'
import type { SourceOutcome } from '../../../../shared/domain/source.ts'
import { KEY } from '../../register/key.ts'

/** Reads the log of a connection on. Returns how its source ended. */
export async function readOn(
  register: Register,
  of: { readonly baseUrl: string; readonly connection: number; readonly now: number },
  onPart: () => void = () => undefined,
): Promise<SourceOutcome | undefined> {
  const outcomes: SourceOutcome[] = []
  const sink: Sink = { begin: () => undefined, facts: () => undefined, end: (outcome) => void outcomes.push(outcome) }
  const stored = (): number => register.reader.value<number>('SELECT count(*) FROM event') ?? 0
  const openLog = () => {
    const log = openEventLog(register, of.connection, { facts: [], now: of.now })
    if (log === null) return null
    return {
      ...log,
      take: (...part: Parameters<typeof log.take>) => {
        const before = stored()
        log.take(...part)
        if (stored() > before) onPart()
      },
    }
  }
  const access = { credential: 'sk-admin-many-events', baseUrl: of.baseUrl, openLog }
  await getProvider('openai').read(access, sink, new AbortController().signal)
  return outcomes.find(({ source }) => source === 'audit-log')
}

if (import.meta.main) {
  const [path = '', baseUrl = '', connection = '', now = ''] = process.argv.slice(2)
  const register = openRegister({ path, key: KEY, now: Date.now })
  await readOn(register, { baseUrl, connection: Number(connection), now: Number(now) }, () => {
    process.stdout.write('part\n')
    readSync(0, Buffer.alloc(1))
  })
  register.close()
}
