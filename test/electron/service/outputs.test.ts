import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { isContractProcedure } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'

import { getReader } from '../../../electron/service/core/context.ts'
import { implementArea } from '../../../electron/service/core/implementer.ts'
import { settingsContract } from '../../../shared/contract/app.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { closeAfterTest } from '../../temporary/closing.ts'
import { type Watched, watchStatements } from '../register/watched-statements.ts'
import { listUnexplained, listUnneeded } from '../register/whole-reads.ts'
import { everyOperation, MARK } from './every-operation.ts'
import { newProfile, newService, recordingHost } from './services.ts'

/** The names of all operations of the contract, such as `keys.list`. */
function operations(): string[] {
  return Object.entries(contract).flatMap(([area, own]) =>
    Object.entries(own)
      .filter(([, operation]) => isContractProcedure(operation))
      .map(([name]) => `${area}.${name}`),
  )
}

describe('what the service answers', () => {
  it('is validated against the contract in tests', async () => {
    const { context } = await newService()
    const { settings } = implementArea({ settings: settingsContract })
    const wrong = settings.get.handler(() => ({ operator: 1, colourScheme: 'pink' }) as never)
    const { get } = createRouterClient({ get: wrong }, { context })
    await expect(get()).rejects.toMatchObject({ message: expect.stringMatching(/output/iu) as string })
  })
})

const ELECTRON = join(import.meta.dirname, '../../../electron')

/** Modules with jobs of threads that open a register, and why the service's own thread runs the same statements in these tests. */
const JOBS: Readonly<Record<string, string>> = {
  'copy-aside.ts': 'copies the file of the register and reads no rows',
  'export-aside.ts': 'in a terminal, the register is written in its own thread',
  'import-aside.ts': 'a small file is imported in its own thread',
  'order-aside.ts': 'a short list is put in order in its own thread',
  'pack-aside.ts': 'a small register is checked and packed in its own thread',
  'register-aside.ts': 'of a small register, the thread that verifies the rest reads it too',
}

/** What the operations of the first test below ran. */
let statements: readonly Watched[] = []

describe('no operation', () => {
  it('reveals a secret, nor does any file, journal row or notification', async () => {
    const host = recordingHost()
    const service = await newService({ host })
    const written = newProfile()
    const watched = closeAfterTest(watchStatements())
    const answers = await everyOperation(service, written)
    watched.close()
    statements = [...watched.statements.values()]
    expect(operations().filter((name) => !answers.has(name))).toEqual([])
    // The provider shows a new key once, and a person has to deploy it: this one operation reveals it, once.
    const given = answers.get('remediation.takeSecret')
    expect(given).toMatchObject({ secret: expect.stringContaining(MARK) as string })
    answers.delete('remediation.takeSecret')
    for (const [name, answer] of answers) expect([name, JSON.stringify(answer).includes(MARK)]).toEqual([name, false])
    expect(JSON.stringify(host.notifications)).not.toContain(MARK)
    const reader = getReader(service.context)
    const tables = reader.column<string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'",
    )
    for (const table of tables) {
      expect([table, JSON.stringify(reader.all(`SELECT * FROM "${table}"`)).includes(MARK)]).toEqual([table, false])
    }
    const { profile } = service.context.session()
    await service.close()
    const entries = [profile, written].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true }),
    )
    for (const entry of entries) {
      if (!entry.isFile()) continue
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      expect([entry.name, bytes.includes(MARK)]).toEqual([entry.name, false])
    }
  })
  it('reads a table that grows from end to end, except for a reason', () => {
    expect(statements.length).toBeGreaterThan(900)
    expect(listUnexplained(statements)).toEqual([])
    expect(listUnneeded(statements)).toEqual([])
  })
  it('has statements that run only in a thread, where they are not watched', () => {
    const files = readdirSync(ELECTRON, { recursive: true, encoding: 'utf8' }).filter((file) => {
      const source = file.endsWith('.ts') ? readFileSync(join(ELECTRON, file), 'utf8') : ''
      return source.includes(' = defineJob(') && /\/(?:unlocked|database-file)\.ts'/u.test(source)
    })
    expect(files.map((file) => basename(file)).toSorted()).toEqual(Object.keys(JOBS).toSorted())
    const ran = new Set(statements.map(({ file }) => file))
    for (const file of files) {
      const imports = [...readFileSync(join(ELECTRON, file), 'utf8').matchAll(/^import \{.*'(\..*)'$/gmu)]
      const own = imports.map(([, path = '']) => join(dirname(file), path))
      const withStatements = own.filter((path) => path.startsWith('register/') && !path.startsWith('register/db/'))
      expect([file, withStatements.filter((path) => !ran.has(path))]).toEqual([file, []])
    }
  })
})
