import { Button, Group } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

import { Failed } from './states.tsx'

interface DialogFormProps {
  readonly label: string
  /** The verb on the button. */
  readonly verb: string
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly busy: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly close: () => void
  readonly children: ReactNode
}

/** A form in a dialog: its fields, why it was refused, and its two buttons. */
export function DialogForm(props: DialogFormProps): ReactElement {
  const { label, verb, danger = false, disabled = false, busy, error, onSubmit, close, children } = props
  return (
    <form
      className="c-form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        if (!disabled) onSubmit()
      }}
    >
      {children}
      {error === null ? null : <Failed error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" color={danger ? 'red' : 'petrol'} disabled={disabled} loading={busy}>
          {verb}
        </Button>
      </Group>
    </form>
  )
}
