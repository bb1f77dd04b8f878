import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'

import { useAreaLinks, type AreaLink, type AreaPath } from './areas.ts'
import { isTyping } from '../ui/keys.ts'
import { areSingleKeysOff } from '../ui/single-keys.ts'
import { lockNow } from './lock-now.ts'
import { useScope } from './scope.ts'
import { useClients } from './use-clients.ts'

/** How long the letter of an area may follow `g`. */
export const SECOND_KEY_MS = 1_200

/** Ctrl/Cmd+1…9 switch to the nth client, Ctrl/Cmd+0 to all; also in text fields. */
export function useScopeShortcuts(): void {
  const { setClient } = useScope()
  const clients = useClients()
  useHotkeys(
    [
      ['mod+0', () => setClient(undefined)],
      ...Array.from({ length: 9 }, (_, index): [string, () => void] => [
        `mod+${index + 1}`,
        () => {
          const client = clients[index]
          if (client) setClient(client.slug)
        },
      ]),
    ],
    [],
    true,
  )
}

/** Ctrl/Cmd+Shift+L locks, also in text fields. */
export function useLockShortcut(): void {
  useHotkeys([['mod+shift+L', () => void lockNow()]], [], true)
}

/** `g` and a letter go to an area, `?` opens the help; neither in text fields. */
export function useGoShortcuts(openHelp: () => void): void {
  const areas = useAreaLinks()
  const navigate = useNavigate()
  const begunAt = useRef(Number.NEGATIVE_INFINITY)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return
    if (areSingleKeysOff()) return
    // A dialog keeps the keyboard.
    if (document.querySelector('[aria-modal="true"]') !== null) return
    if (event.key === '?') {
      event.preventDefault()
      openHelp()
      return
    }
    const path = areaAfterG(areas, event.key, event.timeStamp - begunAt.current)
    begunAt.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (path !== null) {
      event.preventDefault()
      void navigate({ to: path, search: {} })
    }
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

/** The area that a letter opens when it follows `g` soon enough; null when there is none. */
export function areaAfterG(areas: readonly AreaLink[], letter: string, sinceG: number): AreaPath | null {
  if (sinceG > SECOND_KEY_MS) return null
  return areas.find((area) => area.letter === letter)?.path ?? null
}
