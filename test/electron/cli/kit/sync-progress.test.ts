import { expect, it } from 'vitest'

import { followSyncs } from '../../../../electron/cli/kit/sync-progress.ts'
import type { Connection } from '../../../../shared/contract/connections.ts'
import type { Api } from '../../../../shared/contract/contract.ts'
import type { SyncProgress } from '../../../../shared/contract/sync.ts'
import { fakeTerminal } from '../fake-terminal.ts'

it('a rate-limited sync prints in the terminal which provider it waits for and until when, once for each wait', async () => {
  const state: SyncProgress = {
    connectionId: 7,
    phase: 'reading',
    sources: [],
    waiting: null,
    result: null,
    notWritten: null,
  }
  const waiting = { provider: 'openai', until: Date.parse('2026-11-24T12:01:04Z') }
  async function* watched(): AsyncGenerator<SyncProgress[]> {
    yield [state]
    yield [{ ...state, waiting }]
    yield [{ ...state, waiting }]
    yield [state]
    await Promise.resolve()
  }
  const terminal = fakeTerminal()
  const api = { sync: { watch: () => Promise.resolve(watched()) } } as unknown as Api
  await followSyncs(terminal, api, [{ id: 7, label: 'Northfold' } as Connection])
  expect(terminal.complained()).toBe('Northfold: waiting for OpenAI until 12:01:04 UTC, since it limits requests\n')
})
