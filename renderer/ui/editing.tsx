import { useQueryClient, type QueryFunction, type QueryKey } from '@tanstack/react-query'
import { Fragment, useId, type ReactElement } from 'react'

import { capitalize } from '../../shared/domain/capitalize.ts'
import { Problem } from './failure.ts'
import { ChangedMeanwhile, useKept } from './kept.tsx'
import { Answer, Failed } from './states.tsx'
import { useQuery } from './use-query.ts'

/** The beginning of a form that changes a record. */
export interface FormStart<T> {
  readonly began: T
  /** Reports whether something is typed. */
  readonly setTyped: (isTyped: boolean) => void
  /**
   * Reads the record again, before it is saved. Rejects where it is not what the form has shown or named as changed: the
   * change is then named above the form, and can be saved over.
   */
  readonly check: () => Promise<void>
}

/** How the record is read: the options of an operation. */
interface Reading<Read> {
  readonly queryKey: QueryKey
  readonly queryFn: QueryFunction<Read>
}

interface EditingProps<Read, T> {
  readonly of: Reading<Read>
  /** The values of the form, without anything that it does not show; null where the record does not exist any more. */
  readonly find: (read: Read) => T | null
  /** The subject, as in `Loading the client`. */
  readonly what: string
  /** The effect of saving on the fields that were changed by others meanwhile. */
  readonly saving: 'the changed fields' | 'all fields'
  readonly rows?: number
  readonly children: (edited: FormStart<T>) => ReactElement
}

const WORDS = {
  'the changed fields': 'What you typed is kept; saving it replaces only the fields that you changed.',
  'all fields': 'What you typed is kept; saving it replaces that change.',
}

const changeWords = (what: string): string => `A change to ${what} was saved meanwhile.`

/**
 * A form that changes a record. The record is read when the form opens, since the list that led here may be older, and kept
 * as `useKept` does; the form begins again when its fields are changed elsewhere before something is typed.
 */
export function Editing<Read, T>({ of, find, what, rows = 5, ...props }: EditingProps<Read, T>): ReactElement {
  // A reading of its own, which changes of the register make stale like those of the lists.
  const queryKey = [...of.queryKey, 'edited', useId()]
  const client = useQueryClient()
  const read = useQuery({ queryKey, queryFn: of.queryFn, gcTime: 0 })
  const reread = async (): Promise<T | null> =>
    find(await client.fetchQuery({ queryKey, queryFn: of.queryFn, staleTime: 0 }))
  return (
    <Answer of={read} what={what} rows={rows}>
      {(data) => {
        const record = find(data)
        if (record === null) return <Failed error={new Problem(`${capitalize(what)} was removed meanwhile.`)} />
        return <KeptForm {...props} what={what} record={record} reread={reread} />
      }}
    </Answer>
  )
}

interface KeptFormProps<T> extends Pick<EditingProps<never, T>, 'what' | 'saving' | 'children'> {
  /** The last reading. */
  readonly record: T
  /** Reads it again; null where it does not exist any more. */
  readonly reread: () => Promise<T | null>
}

function KeptForm<T>({ what, saving, children, record, reread }: KeptFormProps<T>): ReactElement {
  const known = JSON.stringify(record)
  const kept = useKept(record, known)
  const { shown, token, setTyped } = kept
  const check = async (): Promise<void> => {
    const now = await reread()
    if (JSON.stringify(now) !== known)
      throw new Problem(changeWords(what), 'Nothing is saved yet. Compare, then save again.')
  }
  return (
    <>
      <ChangedMeanwhile of={kept} words={`${changeWords(what)} ${WORDS[saving]}`} />
      <Fragment key={token}>{children({ began: shown, setTyped, check })}</Fragment>
    </>
  )
}
