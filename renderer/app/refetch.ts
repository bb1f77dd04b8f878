import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { createContext, useEffect, useEffectEvent, useState } from 'react'

import { api, query, refetchAll } from '../data/api.ts'
import type { Area } from '../../shared/contract/app.ts'
import { frame, type Router } from '../data/areas.ts'
import { AREAS } from './areas.ts'

const RETRY_AFTER_MS = 2_000

/** True if the service answers the window. */
export const ConnectedContext = createContext(true)

interface Events {
  /** False while the service does not answer. */
  readonly connected: boolean
}

/**
 * Listens to the service for as long as the window is open. `commit` and the decisions name the areas that changed, and each `area.ts`
 * names the areas that its queries read: those queries are refetched. A clicked notification opens its page. When the stream breaks
 * it is opened again, and everything on screen is refetched.
 */
export function useEvents(navigate: (to: string) => void): Events {
  const queryClient = useQueryClient()
  const [connected, setConnected] = useState(true)
  const go = useEffectEvent(navigate)
  useEffect(() => {
    const stop = new AbortController()
    const listen = async (): Promise<void> => {
      const events = await api.app.events(undefined, { signal: stop.signal })
      setConnected(true)
      for await (const event of events) {
        if (event.type === 'changed') await refreshAreas(queryClient, event.areas)
        else go(event.to)
      }
    }
    const listenForever = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        await listen().catch(() => undefined)
        if (stop.signal.aborted) return
        setConnected(false)
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
        refetchAll(queryClient)
      }
    }
    void listenForever()
    return () => stop.abort()
  }, [queryClient])
  return { connected }
}

/** The areas of the register that each part of the contract reads. */
const READS = [frame, ...AREAS].flatMap(
  (route) => Object.entries(route.options.staticData.reads) as [Router, readonly Area[]][],
)

/** Returns the beginnings of the query keys that these changed areas make stale, each once. */
export function staleKeys(areas: readonly Area[]): readonly QueryKey[] {
  return READS.filter(([, read]) => read.some((area) => areas.includes(area))).map(([router]) => query[router].key())
}

/**
 * Refetches the queries on screen that read the changed areas; other queries are refetched when they are next shown.
 */
export async function refreshAreas(client: QueryClient, areas: readonly Area[]): Promise<void> {
  await Promise.all(staleKeys(areas).map((queryKey) => client.invalidateQueries({ queryKey })))
}
