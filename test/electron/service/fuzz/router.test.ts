import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isContractProcedure } from '@orpc/contract'
import { ORPCError } from '@orpc/server'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { makeRegister, getToday } from '../../../../electron/service/core/context.ts'
import { openService, type Service } from '../../../../electron/service/process/open.ts'
import { loadSample } from '../../../../electron/service/sample/load.ts'
import { ERROR_STATUS } from '../../../../shared/contract/common.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { drill, DRILL_LIMIT_MS } from '../../../drills/drill.ts'
import { asOrdinaryUser } from '../../../temporary/ordinary-user.ts'
import { recordingHost } from '../services.ts'
import { anyInput, type World } from './any-input.ts'

/** Operations that are not called, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'app.events': 'never ends',
  'sync.watch': 'never ends',
  'usageFolders.watch': 'never ends',
  'app.openSample': 'opens another profile',
  'app.leaveSample': 'opens another profile',
  'app.lock': 'closes the register, so that every later call is refused',
  'sync.start': 'calls a provider',
  'usage.sync': 'calls a provider',
  'connection.test': 'calls a provider',
  'remediation.run': 'calls a provider',
  'updates.check': 'calls a feed',
  'updates.download': 'calls a feed',
  'team.init': 'connects to a server',
  'team.join': 'connects to a server',
}

const OPERATIONS = Object.entries(contract).flatMap(([area, own]) =>
  Object.entries(own)
    .filter(([, operation]) => isContractProcedure(operation))
    .map(([name, operation]) => ({
      area,
      name,
      of: `${area}.${name}`,
      schema: operation['~orpc'].inputSchema as unknown,
    })),
)

/** The codes that the contract knows, and that of an input that it refuses. */
const TYPED: ReadonlySet<string> = new Set([...Object.keys(ERROR_STATUS), 'BAD_REQUEST'])

type Call = (input: unknown) => Promise<unknown>

async function readAnswer(
  service: Service,
  { area, name }: (typeof OPERATIONS)[number],
  input: unknown,
): Promise<void> {
  const own = (service.api as unknown as Readonly<Record<string, Readonly<Record<string, Call>>>>)[area]
  const answer = await own?.[name]?.(input)
  if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
    for await (const _ of answer as AsyncIterable<unknown>);
  }
}

function unforeseen(error: unknown): string | null {
  if (error instanceof ORPCError && TYPED.has(String(error.code)) && error.message !== '') return null
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

it('excludes no operation that does not exist', () => {
  expect(Object.keys(LEFT_OUT).filter((each) => !OPERATIONS.some(({ of }) => of === each))).toEqual([])
})

it(
  'every operation answers any input, or refuses it with an error of the contract',
  async () => {
    const { count, seed } = drill('router-calls')
    await asOrdinaryUser(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'castellan-fuzz-'))
      mkdirSync(join(folder, 'in'))
      const secrets = memoryStore('Tests have no keychain.')
      const service = await openService({
        profile: join(folder, 'profile'),
        mode: 'write',
        host: recordingHost(),
        secrets,
      })
      try {
        loadSample(makeRegister(service.context), { today: getToday(service.context), now: service.context.now() })
        const world: World = { folder, slugs: (await service.api.client.list({})).map(({ slug }) => slug) }
        const called = OPERATIONS.filter(({ of }) => !(of in LEFT_OUT))
        const times = Math.ceil(count / called.length)
        const inputs = called.map(({ schema }) =>
          schema === undefined ? [undefined] : fc.sample(anyInput(schema, world), { numRuns: times, seed }),
        )
        const faults = new Map<string, unknown>()
        for (let n = 0; n < times; n += 1) {
          for (const [at, operation] of called.entries()) {
            const own = inputs[at] ?? []
            const input = own[n % own.length]
            await readAnswer(service, operation, input).catch((error: unknown) => {
              const fault = unforeseen(error)
              if (fault !== null)
                faults.set(`${operation.of}: ${fault.slice(0, 160)}`, fc.stringify(input).slice(0, 300))
            })
          }
        }
        expect(Object.fromEntries(faults)).toEqual({})
        expect(await service.api.app.integrity()).toMatchObject({ ok: true, problems: [] })
      } finally {
        await service.close()
      }
    })
  },
  DRILL_LIMIT_MS,
)
