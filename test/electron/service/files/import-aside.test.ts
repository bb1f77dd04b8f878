import { expect, test } from 'vitest'

import { makeDeciding, makeRegister } from '../../../../electron/service/core/context.ts'
import { runImport } from '../../../../electron/service/files/import.ts'
import { cancelTurn, isCancelled, newImportTurn, takeTurn } from '../../../../electron/service/files/import-aside.ts'
import { writeImport } from '../../../../electron/service/files/write-import.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { IMPORT_STAGES, stageText } from '../../../../shared/domain/import/stages.ts'
import { newService, recordingHost } from '../services.ts'
import { dumpTables } from './imported-tables.ts'
import { addAcme, bytes } from './importing.ts'

const NOW = Date.parse('2026-11-27T12:00:00Z')
const FILE = {
  client: 'acme-corp',
  kind: 'keys',
  fileName: 'keys.csv',
  content: new Uint8Array(bytes('Name,Key ID,Owner,Purpose\nprod-web-1,key_1,Ann,Search\nprod-web-2,key_2,Bob,Chat\n')),
  provider: 'openai',
} as const

async function acme(asideFrom: number, stages: string[] = []): Promise<Service> {
  const host = { ...recordingHost(), progress: (stage: string) => void stages.push(stage) }
  const service = await newService({ now: () => NOW, asideFrom, host })
  await addAcme(service)
  return service
}

test('a thread plans and imports a file as the service itself does, and both report every stage', async () => {
  const printed: string[] = []
  const [here, aside] = await Promise.all([acme(Infinity, printed), acme(1)])
  expect(await aside.api.files.plan(FILE)).toEqual(await here.api.files.plan(FILE))
  printed.splice(0)
  const [own, reports] = await Promise.all(
    [here, aside].map(async ({ api }) => Array.fromAsync(await api.files.import(FILE))),
  )
  expect(reports?.at(-1)).toEqual(own?.at(-1))
  const stages = (reports ?? []).flatMap((report) => (report.done ? [] : [report]))
  expect(stages.map(({ stage }) => stage)).toEqual(IMPORT_STAGES)
  expect(stages.map((stage) => stageText(stage, 'keys.csv'))).toEqual(printed)
  expect(dumpTables(aside)).toBe(dumpTables(here))
  // The connection of the service goes on from what the thread wrote.
  expect((await aside.api.client.add({ name: 'Next' })).slug).toBe('next')
  const again = await Array.fromAsync(await aside.api.files.import(FILE))
  expect(again.at(-1)).toMatchObject({ done: true, counts: { add: 0, same: 2 }, syncIds: [] })
})

test('an import that is cancelled at any stage before it saves leaves nothing in the register', async () => {
  const service = await acme(1)
  const before = dumpTables(service)
  const register = makeRegister(service.context)
  const cancelled = new Error('cancelled')
  for (const at of IMPORT_STAGES) {
    const report = ({ stage }: { readonly stage: string }): void => {
      if (stage === at) throw cancelled
    }
    const deciding = makeDeciding(service.context)
    expect(() => writeImport(register, FILE, { deciding, report })).toThrow(cancelled)
    expect(dumpTables(service)).toBe(before)
  }
  await expect(Array.fromAsync(runImport(service.context, FILE, AbortSignal.abort()))).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The import was cancelled. Nothing of it was written.',
  })
  expect(dumpTables(service)).toBe(before)
})

test('a file that was planned is planned again when the register changed before it is written', async () => {
  const service = await acme(Infinity)
  const register = makeRegister(service.context)
  const compared: number[] = []
  const { result } = writeImport(
    {
      reader: register.reader,
      transact: (work) => {
        // As another connection does between the two.
        if (compared.length === 1)
          writeImport(register, FILE, { deciding: makeDeciding(service.context), report: () => undefined })
        return register.transact(work)
      },
    },
    FILE,
    {
      deciding: makeDeciding(service.context),
      report: ({ stage, rows }) => {
        if (stage === 'compare') compared.push(rows)
      },
    },
  )
  expect(compared).toEqual([2, 2])
  expect(result).toMatchObject({ counts: { add: 0, same: 2 }, syncIds: [] })
})

test('of a thread that commits and a service that cancels it, the first wins', () => {
  const [cancelledFirst, committedFirst] = [newImportTurn(), newImportTurn()]
  cancelTurn(cancelledFirst)
  expect([isCancelled(cancelledFirst), takeTurn(cancelledFirst)]).toEqual([true, false])
  expect(takeTurn(committedFirst)).toBe(true)
  cancelTurn(committedFirst)
  expect(isCancelled(committedFirst)).toBe(false)
})
