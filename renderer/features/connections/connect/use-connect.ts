import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import type { CheckedConnection, Connection, SyncSummary } from '../../../../shared/contract/connections.ts'
import type { Inputs } from '../../../../shared/contract/contract.ts'
import type { SyncProgress } from '../../../../shared/contract/sync.ts'
import { readsFile, type ProviderId } from '../../../../shared/domain/providers/providers.ts'
import { listLacking } from '../../../../shared/domain/sync-lack.ts'
import { api, query } from '../../../data/api.ts'
import { useSyncProgress } from '../../../data/use-sync-progress.ts'
import { toFailure } from '../../../ui/failure.ts'
import type { AccessMode } from './access-choice.tsx'

/** The entries of a person; the credential is here only until it is stored. */
export interface ConnectValues {
  readonly client: string
  readonly provider: ProviderId
  readonly credential: string
  readonly path: string
  readonly baseUrl: string
  readonly label: string
  readonly access: AccessMode
}

/**
 * `form`: with the failure of the last try. `partial`: the key may not read everything, and a person decides.
 * `reading`: stored, the first sync runs. `ended`: with the result of the sync, or why there is none.
 */
export type Stage =
  | { readonly at: 'form'; readonly error: unknown }
  | { readonly at: 'checking' }
  | { readonly at: 'partial'; readonly checked: CheckedConnection; readonly values: ConnectValues }
  | { readonly at: 'reading'; readonly connection: Connection; readonly checked: CheckedConnection | null }
  | {
      readonly at: 'ended'
      readonly connection: Connection
      readonly checked: CheckedConnection | null
      readonly result: SyncSummary | null
      readonly notWritten: string | null
    }

export interface Connect {
  readonly stage: Stage
  /** The progress of the first sync; null before it. */
  readonly progress: SyncProgress | null
  /** Checks, stores and reads. With `unchecked`, it is stored whatever the provider answers. */
  readonly connect: (values: ConnectValues, unchecked?: boolean) => void
  /** Stores what was checked, with the rights that it has. */
  readonly accept: () => void
  /** Stops the check or the sync. */
  readonly cancel: () => void
  readonly startOver: () => void
}

/** Connects a provider organization, or replaces the key of a connection: check, store, first sync, result. */
export function useConnect(replaced: Connection | null): Connect {
  const queryClient = useQueryClient()
  const [stage, setStage] = useState<Stage>({ at: 'form', error: null })
  const stop = useRef<AbortController | null>(null)
  const progress = useFirstSync(stage, setStage)
  useEffect(() => () => stop.current?.abort(), [])

  const store = async (values: ConnectValues, checked: CheckedConnection | null): Promise<void> => {
    const connection = await (replaced === null
      ? api.connection.add(toInput(values))
      : api.connection.setCredential({
          id: replaced.id,
          credential: values.credential.trim(),
          baseUrl: replaced.baseUrl,
        }))
    const notWritten = await startSync(connection.id)
    await queryClient.invalidateQueries({ queryKey: query.connection.key() })
    if (notWritten === null) setStage({ at: 'reading', connection, checked })
    else setStage({ at: 'ended', connection, checked, result: null, notWritten })
  }
  const attempt = (work: (signal: AbortSignal) => Promise<void>): void => {
    stop.current?.abort()
    const own = new AbortController()
    stop.current = own
    setStage({ at: 'checking' })
    work(own.signal).catch((error: unknown) => {
      if (stop.current === own) setStage({ at: 'form', error: own.signal.aborted ? null : error })
    })
  }

  return {
    stage,
    progress,
    connect: (values, unchecked = false) =>
      attempt(async (signal) => {
        if (unchecked) return store(values, null)
        const checked = await check(values, replaced, signal)
        signal.throwIfAborted()
        if (listLacking(checked.capabilities).length === 0) return store(values, checked)
        setStage({ at: 'partial', checked, values })
        return undefined
      }),
    accept: () => {
      if (stage.at !== 'partial') return
      const { values, checked } = stage
      attempt(() => store(values, checked))
    },
    cancel: () => {
      if (stage.at === 'reading') void api.sync.cancel({ connectionId: stage.connection.id })
      else stop.current?.abort()
    },
    startOver: () => setStage({ at: 'form', error: null }),
  }
}

/**
 * Starts the first sync, and answers why it does not run; null: it runs. A failure is an answer as well: the connection
 * is stored, and the form would store it again.
 */
async function startSync(id: number): Promise<string | null> {
  try {
    const { started, skipped } = await api.sync.start({ connections: [id] })
    if (started.includes(id)) return null
    return skipped.find(({ connectionId }) => connectionId === id)?.reason ?? 'It was not read.'
  } catch (error) {
    return toFailure(error).message
  }
}

function check(values: ConnectValues, replaced: Connection | null, signal: AbortSignal): Promise<CheckedConnection> {
  const credential = values.credential.trim()
  if (replaced !== null) return api.connection.test({ id: replaced.id, credential }, { signal })
  const { client, provider, baseUrl, path } = toInput(values)
  return api.connection.check(
    { client, provider, baseUrl, path, ...(credential === '' ? {} : { credential }) },
    { signal },
  )
}

function toInput(values: ConnectValues): Inputs['connection']['add'] {
  const { client, provider, access } = values
  const label = values.label.trim()
  if (readsFile(provider)) return { client, provider, label, path: values.path.trim() }
  const baseUrl = values.baseUrl.trim() === '' ? null : values.baseUrl.trim()
  const credential = values.credential.trim()
  return { client, provider, label, access, baseUrl, ...(credential === '' ? {} : { credential }) }
}

/** Follows the sync of a connection that was just stored, and ends the stage with its result. */
function useFirstSync(stage: Stage, setStage: (stage: Stage) => void): SyncProgress | null {
  const all = useSyncProgress()
  const connection = stage.at === 'reading' || stage.at === 'ended' ? stage.connection : null
  const found = all.find(({ connectionId }) => connectionId === connection?.id) ?? null
  // An earlier sync of the same connection may still be listed.
  const isOwn = found !== null && (found.result === null || found.result.id !== connection?.lastAttempt?.id)
  const progress = isOwn ? found : null
  useEffect(() => {
    if (stage.at !== 'reading' || progress?.phase !== 'done') return
    const { result, notWritten } = progress
    setStage({ ...stage, at: 'ended', result, notWritten })
  }, [stage, progress, setStage])
  return progress
}
