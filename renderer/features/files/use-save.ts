import { useState } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { api } from '../../app/api.ts'
import type { ExportFormat } from './export-choice.ts'

export interface ExportWhat {
  readonly format: ExportFormat
  readonly client: string | undefined
  readonly connection: number | undefined
  /** For the calendar. */
  readonly contact: string | undefined
}

export type Written = Outputs['files']['exportRegister']

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'busy' }
  /** The shell has no dialog of its own: the path is asked for in the window. */
  | { readonly at: 'path'; readonly path: string }
  | { readonly at: 'written'; readonly written: Written }
  | { readonly at: 'failed'; readonly error: unknown; readonly path: string | null }

export interface Save<What> {
  readonly state: State
  readonly busy: boolean
  /** Asks where to, by the desktop's dialog, and writes there. */
  readonly ask: (what: What, suggestedName: string) => Promise<void>
  readonly write: (what: What, path: string) => Promise<void>
  readonly reset: () => void
}

/** The way of an export to a file, by the operation that writes it. */
export function useSave<What>(writeTo: (what: What, path: string) => Promise<Written>): Save<What> {
  const [state, setState] = useState<State>({ at: 'idle' })
  const write = async (what: What, path: string): Promise<void> => {
    setState({ at: 'busy' })
    try {
      setState({ at: 'written', written: await writeTo(what, path) })
    } catch (error) {
      setState({ at: 'failed', error, path })
    }
  }
  const ask = async (what: What, suggestedName: string): Promise<void> => {
    setState({ at: 'busy' })
    try {
      const target = await api.desktop.saveTarget({
        suggestedName,
        extension: suggestedName.slice(suggestedName.lastIndexOf('.') + 1),
      })
      if (target.outcome === 'chosen') await write(what, target.path)
      else if (target.outcome === 'unsupported') setState({ at: 'path', path: target.suggestedPath })
      else setState({ at: 'idle' })
    } catch (error) {
      setState({ at: 'failed', error, path: null })
    }
  }
  return { state, busy: state.at === 'busy', ask, write, reset: () => setState({ at: 'idle' }) }
}

/** Writes the register or the calendar. */
export function writeRegister({ format, client, connection, contact }: ExportWhat, path: string): Promise<Written> {
  return format === 'ics'
    ? api.files.exportCalendar({ client, contact, path })
    : api.files.exportRegister({ client, connection, format, path })
}
