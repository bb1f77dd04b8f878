import { Button, Group } from '@mantine/core'
import type { KeyboardEvent, ReactElement, ReactNode } from 'react'

import { Failed } from '../../ui/states.tsx'
import classes from './keys.module.css'

interface PanelFormProps {
  readonly label: string
  readonly verb: string
  readonly busy: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly close: () => void
  readonly children: ReactNode
}

/** A small form inside a panel. Escape closes the form, not the panel. */
export function PanelForm({ label, verb, busy, error, onSubmit, close, children }: PanelFormProps): ReactElement {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    close()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works wherever one is in the form
    <form
      aria-label={label}
      className={classes['form']}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      {error === null ? null : <Failed error={error} />}
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
