import type { Connection } from '../../../shared/contract/connections.ts'
import type { Api } from '../../../shared/contract/contract.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { sourceLabel } from '../../../shared/domain/source.ts'
import type { Terminal } from './terminal.ts'
import { shown } from './text/shown.ts'
import { clockTime } from './text/when.ts'

/**
 * Prints the progress of syncs on standard error, one line for each source that ended, until all have ended. Ctrl+C
 * cancels them: what was read so far is dropped, and the register is unchanged. Returns each result by connection.
 */
export async function followSyncs(
  terminal: Terminal,
  api: Api,
  connections: readonly Connection[],
): Promise<ReadonlyMap<number, SyncProgress>> {
  const last = new Map<number, SyncProgress>()
  if (connections.length === 0) return last
  const names = new Map(connections.map(({ id, label }) => [id, shown(label)]))
  const reported = new Set<string>()
  const cancel = (): void => {
    void Promise.allSettled(connections.map(({ id }) => api.sync.cancel({ connectionId: id })))
  }
  process.once('SIGINT', cancel)
  try {
    for await (const states of await api.sync.watch({ follow: false })) {
      for (const state of states) last.set(state.connectionId, state)
      const lines = states.flatMap((state) => toLines(state, names.get(state.connectionId)))
      const fresh = lines.filter((line) => !reported.has(line))
      for (const line of fresh) reported.add(line)
      if (fresh.length > 0) await terminal.err(`${fresh.join('\n')}\n`)
    }
  } finally {
    process.off('SIGINT', cancel)
  }
  return last
}

function toLines(progress: SyncProgress, name: string | undefined): readonly string[] {
  if (name === undefined) return []
  const sources = progress.sources
    .filter(({ state }) => state !== 'reading')
    .map(({ source, state, fetched }) => `${name}: ${sourceLabel(source)} ${state}, ${counted(fetched, 'row')}`)
  const { waiting } = progress
  const wait =
    waiting === null
      ? []
      : [
          `${name}: waiting for ${providerName(waiting.provider)} until ${clockTime(waiting.until)}, since it limits requests`,
        ]
  const end = progress.phase === 'done' ? [`${name}: ${progress.result?.state ?? 'not written'}`] : []
  return [...sources, ...wait, ...end]
}
