import { Button } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'

/** The record of a form while it is filled in. */
export interface FormRecord<T> {
  /** The last reading; while something is typed, the one that the form began with. */
  readonly shown: T
  /** The form is remounted when this changes. */
  readonly token: string
  /** True if another state was read since the form began with its own. */
  readonly isOutdated: boolean
  readonly setTyped: (isTyped: boolean) => void
}

/**
 * Keeps a form, with what is typed in it, when another state of its subject is read: another member or sync may change it
 * at any time. `token`: the same for states that the form does not distinguish.
 */
export function useKept<T>(read: T, token: string): FormRecord<T> {
  const [began, setBegan] = useState({ read, token })
  const [isTyped, setTyped] = useState(false)
  const isOther = began.token !== token
  if (isOther && !isTyped) setBegan({ read, token })
  return isOther && isTyped
    ? { shown: began.read, token: began.token, isOutdated: true, setTyped }
    : { shown: read, token, isOutdated: false, setTyped }
}

/** Reports to the owner of a form whether something is typed in it. */
export function useTyped(isTyped: boolean, setTyped: ((isTyped: boolean) => void) | undefined): void {
  useEffect(() => setTyped?.(isTyped), [isTyped, setTyped])
}

interface ChangedMeanwhileProps {
  readonly of: Pick<FormRecord<unknown>, 'isOutdated' | 'setTyped'>
  /** The change, and what becomes of the typed text. */
  readonly words: string
}

/** Names a change that was read while a form was filled in, and offers to show it instead of what is typed. */
export function ChangedMeanwhile({ of: { isOutdated, setTyped }, words }: ChangedMeanwhileProps): ReactElement {
  return (
    <output>
      {isOutdated ? (
        <span className="c-discard">
          {words}
          <Button variant="default" onClick={() => setTyped(false)}>
            Discard mine
          </Button>
        </span>
      ) : null}
    </output>
  )
}
