import { Button, Group } from '@mantine/core'
import { useEffect, useRef, useState, type ReactElement, type ReactNode, type RefObject } from 'react'

import { findFirstField } from './dialog.tsx'
import { useUnsavedAfter } from './discard.tsx'
import { toFailure } from './failure.ts'
import { showFieldErrors } from './fields/messages.ts'
import { Failed } from './states.tsx'

interface FormEndProps {
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
  const form = useFirstFocus()
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

/**
 * Moves the focus to the first field of a form in a dialog. The dialog does so only when it opens; the form may replace
 * another one, or come when it was loaded.
 */
export function useFirstFocus(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (form.current === null) return
    const first = form.current.querySelector<HTMLElement>('[data-autofocus]') ?? findFirstField(form.current)
    first?.setAttribute('data-autofocus', 'true')
    if (isAdrift(form.current)) first?.focus({ preventScroll: true })
  }, [])
  return form
}

/** True if the focus is nowhere, or on the close button of the dialog around a form. */
function isAdrift(form: HTMLElement): boolean {
  const active = document.activeElement
  if (active === null || active === document.body) return true
  return active instanceof HTMLButtonElement && form.closest('[role="dialog"]')?.contains(active) === true
}

/** The end of a form: the reason of a refusal, and its two buttons. */
export function FormEnd({ verb, danger = false, disabled = false, busy, error, close }: FormEndProps): ReactElement {
  return (
    <>
      <FormFailed error={error} />
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

/**
 * Why a form was refused: at the fields that the service names, which have the names of the contract, and otherwise here.
 */
export function FormFailed({ error }: { readonly error: unknown }): ReactElement | null {
  const place = useRef<HTMLDivElement>(null)
  const [atFields, setAtFields] = useState<unknown>(null)
  useUnsavedAfter(error)
  useEffect(() => {
    if (error === null || error === undefined) return
    const form = place.current?.closest('form') ?? null
    const { fields } = toFailure(error)
    if (form !== null && Object.keys(fields).length > 0 && showFieldErrors(form, fields)) setAtFields(error)
  }, [error])
  if (error === null || error === undefined) return null
  return <div ref={place}>{atFields === error ? null : <Failed error={error} />}</div>
}
