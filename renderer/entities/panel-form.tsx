import { Button, Group } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'

import { FormFailed } from '../ui/dialog-form.tsx'
import { UnsavedNote, useDiscard } from '../ui/discard.tsx'
import classes from './panel-form.module.css'

interface PanelFormProps {
  readonly label: string
  readonly verb: string
  readonly busy: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly close: () => void
  readonly children: ReactNode
}

/**
 * A small form inside a panel. It takes the focus, and returns it when it closes. Escape closes the form, not the
 * panel, and asks first when something was entered.
 */
export function PanelForm({ label, verb, busy, error, onSubmit, close, children }: PanelFormProps): ReactElement {
  const form = useRef<HTMLFormElement>(null)
  const discard = useDiscard(close)
  useEffect(() => {
    const from = document.activeElement
    form.current?.querySelector<HTMLElement>('input:checked, input:not([type="radio"]), textarea')?.focus()
    return () => {
      if (document.activeElement === document.body && from instanceof HTMLElement) from.focus()
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    discard.request()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works everywhere in the form
    <form
      ref={form}
      aria-label={label}
      className={classes['form']}
      onKeyDown={onKeyDown}
      onInput={discard.watch.onInput}
      onSubmit={(event) => {
        event.preventDefault()
        discard.watch.onSubmit()
        onSubmit()
      }}
    >
      {children}
      <UnsavedNote value={discard.noteUnsaved}>
        <FormFailed error={error} />
      </UnsavedNote>
      {discard.question}
      <Group gap={6} justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          {verb}
        </Button>
      </Group>
    </form>
  )
}
