import { useQueryClient } from '@tanstack/react-query'
import { createContext, useEffect, useEffectEvent, useState } from 'react'

import { api } from '../data/api.ts'
import { refreshAreas } from './changes.ts'

const RETRY_AFTER_MS = 2_000

/** True if the service answers the window. */
export const ConnectedContext = createContext(true)

interface Events {
  /** False while the service does not answer. */
  readonly connected: boolean
}

/**
 * Listens to the service for as long as the window is open: changed areas are refetched, and a clicked notification
 * opens its page. When the stream breaks it is opened again and everything on screen is refetched.
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
        // Not awaited: the stream of syncs is refetched too, and never ends.
        void queryClient.invalidateQueries()
      }
    }
    void listenForever()
    return () => stop.abort()
  }, [queryClient])
  return { connected }
}
