import { Button, Group } from '@mantine/core'
import { createContext, useContext, useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react'

/** Notes that what was entered is not saved after all. */
const Unsaved = createContext<() => void>(() => undefined)

/** Lets a form that was refused count as unsaved again. */
export function useUnsavedAfter(error: unknown): void {
  const note = useContext(Unsaved)
  const isRefused = error !== null && error !== undefined
  useEffect(() => {
    if (isRefused) note()
  }, [isRefused, note])
}

export const UnsavedNote = Unsaved.Provider

export interface Discard {
  /** Closes, or asks first when something was entered and not submitted. */
  readonly request: () => void
  /** The question in place of the closing; null while it is not asked. */
  readonly question: ReactElement | null
  readonly reset: () => void
  readonly noteUnsaved: () => void
  /** For the element around the fields. */
  readonly watch: { readonly onInput: (event: FormEvent) => void; readonly onSubmit: () => void }
}

const REFUSED = '[aria-invalid="true"]'

/** Keeps a form with unsaved text from being closed by Escape, the close button or a click beside it. */
export function useDiscard(close: () => void): Discard {
  const unsaved = useRef(false)
  /** The form that was written in. */
  const form = useRef<HTMLFormElement | null>(null)
  const [asked, setAsked] = useState(false)
  const [noteUnsaved] = useState(() => () => {
    unsaved.current = true
  })
  return {
    request: () => {
      // A submitted form with a refused field is still unsaved.
      const isRefused = form.current?.isConnected === true && form.current.querySelector(REFUSED) !== null
      if (!unsaved.current && !isRefused) close()
      // Escape at the question keeps the form.
      else setAsked(!asked)
    },
    question: asked ? <Question keep={() => setAsked(false)} discard={close} /> : null,
    reset: () => {
      unsaved.current = false
      form.current = null
      setAsked(false)
    },
    noteUnsaved,
    watch: {
      onInput: (event) => {
        const written = event.target instanceof Element ? event.target.closest('form') : null
        if (written === null) return
        form.current = written
        unsaved.current = true
      },
      onSubmit: () => {
        unsaved.current = false
      },
    },
  }
}

interface QuestionProps {
  readonly keep: () => void
  readonly discard: () => void
}

function Question({ keep, discard }: QuestionProps): ReactElement {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const from = document.activeElement
    button.current?.focus()
    return () => {
      if (document.activeElement === document.body && from instanceof HTMLElement) from.focus()
    }
  }, [])
  return (
    <div className="c-discard" role="alert">
      <span>Discard what you entered?</span>
      <Group gap={6} wrap="nowrap">
        <Button variant="default" onClick={discard}>
          Discard
        </Button>
        <Button ref={button} onClick={keep}>
          Keep editing
        </Button>
      </Group>
    </div>
  )
}
