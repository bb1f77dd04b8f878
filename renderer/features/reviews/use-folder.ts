import { useMutation } from '@tanstack/react-query'

import { api } from '../../data/api.ts'

/** The choice that the desktop offers: a folder to write into. */
const FOLDER = { suggestedName: '', extension: '', folder: true } as const

export interface Folder {
  /** A person's choice in the desktop's dialog, for one operation; null without one. */
  readonly chosen: { readonly handle: string; readonly path: string } | null
  readonly choose: () => void
  /** Clears a used choice. */
  readonly forget: () => void
  readonly busy: boolean
  readonly error: unknown
}

/** The folder that something is written into. */
export function useFolder(): Folder {
  const ask = useMutation({ mutationFn: () => api.desktop.saveTarget(FOLDER) })
  return {
    chosen: ask.data?.outcome === 'chosen' ? ask.data : null,
    choose: () => ask.mutate(),
    forget: ask.reset,
    busy: ask.isPending,
    error: ask.error,
  }
}
