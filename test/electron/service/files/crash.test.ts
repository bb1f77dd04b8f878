import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { checkJournal } from '../../../../electron/register/db/journal.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService } from '../../../../electron/service/process/open.ts'
import { DRILL_LIMIT_MS, drill } from '../../../drills/drill.ts'
import { makeRandom } from '../../../providers/random.ts'
import { newProfile, recordingHost } from '../services.ts'
import { ACCOUNTS, PEOPLE } from './big-register.ts'
import { importer } from './importing.ts'

const CHILD = fileURLToPath(new URL('import-forever.ts', import.meta.url))

/** Runs the importing process on a profile and kills it a while after some imports were made. */
async function killed(profile: string, afterImports: number, andMs: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, profile], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await new Promise<void>((resolve) => {
    let lines = 0
    child.stdout.on('data', (data: Buffer) => {
      lines += String(data).split('\n').length - 1
      if (lines > afterImports) resolve()
    })
  })
  await new Promise((resolve) => setTimeout(resolve, andMs))
  child.kill('SIGKILL')
  await ended
}

test(
  'killing the process while it imports leaves the last whole import, and nothing of the running one',
  async () => {
    const profile = newProfile()
    const { count, seed } = drill('kill-imports')
    const random = makeRandom(seed)
    let syncs = 0
    let least = 0
    for (let kill = 0; kill < count; kill += 1) {
      const imports = kill % 4
      // The first import may equal what is in the register, and then counts as none.
      least += Math.max(0, imports - 1)
      await killed(profile, imports, random() * 150)
      const secrets = memoryStore('No keychain in this test.')
      const service = await openService({ profile, mode: 'write', host: recordingHost(), secrets })
      const register = makeRegister(service.context)
      expect(register.check()).toEqual([])
      expect(checkJournal(register.reader).problems).toEqual([])
      const text = await importer(service).tables()
      const roles = new Set([...text.matchAll(/^\| Person \d+ \| (\w+) \|/gmu)].map((match) => match[1]))
      const accounts = text.match(/^\| account-/gmu)?.length ?? 0
      const purposes = new Set([...text.matchAll(/\| for (\w+) \|/gu)].map((match) => match[1]))
      // One role for all, the same in both tables; the number of accounts shows which of the two registers it is.
      expect(roles).toEqual(purposes)
      const [role = 'none'] = roles
      expect([role, accounts, text.match(/^\| Person \d/gmu)?.length ?? 0]).toEqual(
        {
          none: ['none', 0, 0],
          Owner: ['Owner', ACCOUNTS, PEOPLE],
          Reader: ['Reader', ACCOUNTS + 1, PEOPLE],
        }[role],
      )
      syncs = register.reader.value<number>("SELECT count(*) FROM sync WHERE state = 'complete'") ?? 0
      const journaled = register.reader.value<number>("SELECT count(*) FROM journal WHERE action = 'file.imported'")
      expect(journaled).toBe(syncs)
      await service.close()
    }
    // Imports had been made before the kills, or nothing was tested.
    expect(syncs).toBeGreaterThanOrEqual(least)
  },
  DRILL_LIMIT_MS,
)
