import { Button, Group } from '@mantine/core'
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'

import { Failed } from './states.tsx'

interface FormEndProps {
  /** The verb on the button. */
  readonly verb: string
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly busy: boolean
  readonly error: unknown
  /** Left out without a previous step. */
  readonly close?: (() => void) | undefined
}

interface DialogFormProps extends FormEndProps {
  readonly label: string
  readonly onSubmit: () => void
  readonly close: () => void
  readonly children: ReactNode
}

/** A form in a dialog: its fields, the reason of a refusal, and its two buttons. */
export function DialogForm(props: DialogFormProps): ReactElement {
  const { label, verb, danger = false, disabled = false, busy, error, onSubmit, close, children } = props
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // The dialog moves the focus only when it opens, and a form that replaces another one has removed the focused
    // field.
    if (document.activeElement !== document.body) return
    form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true })
  }, [])
  return (
    <form
      ref={form}
      className="c-form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        if (!disabled) onSubmit()
      }}
    >
      {children}
      <FormEnd {...{ verb, danger, disabled, busy, error, close }} />
    </form>
  )
}

/** The end of a form: the reason of a refusal, and its two buttons. */
export function FormEnd({ verb, danger = false, disabled = false, busy, error, close }: FormEndProps): ReactElement {
  return (
    <>
      {error === null || error === undefined ? null : <Failed error={error} />}
      <Group justify="flex-end" gap="xs">
        {close === undefined ? null : (
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        )}
        <Button type="submit" color={danger ? 'red' : 'petrol'} disabled={disabled} loading={busy}>
          {verb}
        </Button>
      </Group>
    </>
  )
}
