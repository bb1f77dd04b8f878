import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { api, query } from '../../app/api.ts'
import { useInfo } from '../../app/use-info.ts'

/** Asks the shell for a folder to write into. */
const FOLDER = { suggestedName: '', extension: '', folder: true } as const

export interface Folder {
  readonly path: string
  readonly type: (path: string) => void
  /** The suggestion is still to come: it would replace or join what is typed meanwhile. */
  readonly isComing: boolean
  /** Opens the desktop's own dialog; null where the shell has none, and the path is typed. */
  readonly choose: (() => void) | null
  readonly error: unknown
}

/** The folder that something is written into: chosen by the desktop's dialog, else typed, from a first suggestion. */
export function useFolder(): Folder {
  const shell = useInfo()?.shell
  const [path, setPath] = useState<string | null>(null)
  // A shell without a dialog answers at once with a suggestion; one with a dialog would open it.
  const suggestion = useQuery({
    ...query.desktop.saveTarget.queryOptions({ input: FOLDER }),
    enabled: shell === 'chromium',
  })
  const suggested = suggestion.data?.outcome === 'unsupported' ? suggestion.data.suggestedPath : ''
  const ask = useMutation({
    mutationFn: () => api.desktop.saveTarget(FOLDER),
    onSuccess: (answer) => {
      if (answer.outcome === 'chosen') setPath(answer.path)
    },
  })
  return {
    path: path ?? suggested,
    type: setPath,
    isComing: path === null && suggestion.isLoading,
    choose: shell === 'electron' ? () => ask.mutate() : null,
    error: ask.error ?? suggestion.error,
  }
}
