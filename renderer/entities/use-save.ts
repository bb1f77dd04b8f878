import { useState } from 'react'

import type { WriteTarget } from '../../shared/contract/common.ts'
import type { Outputs } from '../../shared/contract/contract.ts'
import { api } from '../data/api.ts'
import type { ExportFormat } from './export-choice.ts'

export interface ExportWhat {
  readonly format: ExportFormat
  readonly client: string | undefined
  readonly connection: number | undefined
  /** For the calendar. */
  readonly contact: string | undefined
}

export type SaveResult = Outputs['files']['exportRegister']

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'busy' }
  | { readonly at: 'written'; readonly written: SaveResult }
  | { readonly at: 'failed'; readonly error: unknown }

export interface Save<What> {
  readonly state: State
  readonly busy: boolean
  /** Asks for a destination in the desktop's dialog, and writes there; a destination is used once. */
  readonly ask: (what: What, suggestedName: string) => Promise<void>
  readonly reset: () => void
}

/** How an export becomes a file, and the operation that writes it. */
export function useSave<What>(writeTo: (what: What, path: WriteTarget) => Promise<SaveResult>): Save<What> {
  const [state, setState] = useState<State>({ at: 'idle' })
  const ask = async (what: What, suggestedName: string): Promise<void> => {
    setState({ at: 'busy' })
    try {
      const target = await api.desktop.saveTarget({
        suggestedName,
        extension: suggestedName.slice(suggestedName.lastIndexOf('.') + 1),
      })
      if (target.outcome === 'cancelled') setState({ at: 'idle' })
      else setState({ at: 'written', written: await writeTo(what, { handle: target.handle }) })
    } catch (error) {
      setState({ at: 'failed', error })
    }
  }
  return { state, busy: state.at === 'busy', ask, reset: () => setState({ at: 'idle' }) }
}

/** Writes the register or the calendar to a file. */
export function writeRegister(
  { format, client, connection, contact }: ExportWhat,
  path: WriteTarget,
): Promise<SaveResult> {
  return format === 'ics'
    ? api.files.exportCalendar({ client, contact, path })
    : api.files.exportRegister({ client, connection, format, path })
}
