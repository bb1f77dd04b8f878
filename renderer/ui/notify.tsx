import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'

import { toFailure } from './failure.ts'

interface Done {
  /** What was done, in the past tense: `Archived Acme Corp`. */
  readonly message: string
  /** Undoes it; left out where the contract offers no undo. */
  readonly undo?: (() => Promise<unknown>) | undefined
  /** A group name, for notifications of one kind that follow each other: only the last one is shown. */
  readonly only?: string | undefined
}

/** Long enough to read the text and to reach Undo. */
const STAYS_MS = 8_000

const lastOf = new Map<string, string>()

/** Notifies that an action is finished, with Undo where it can be undone. */
export function notifyDone({ message, undo, only }: Done): void {
  const before = only === undefined ? undefined : lastOf.get(only)
  if (before !== undefined) notifications.hide(before)
  const id = notifications.show({
    color: 'petrol',
    icon: <IconCheck size={16} aria-hidden />,
    autoClose: STAYS_MS,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    message: (
      <span className="c-notice-line">
        <span>{message}</span>
        {undo ? (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              notifications.hide(id)
              undo().then(() => notifyDone({ message: 'Change undone' }), notifyFailed)
            }}
          >
            Undo
          </Button>
        ) : null}
      </span>
    ),
  })
  if (only !== undefined) lastOf.set(only, id)
}

/** Notifies that an action failed, why, and what to do; it stays until it is dismissed. */
export function notifyFailed(error: unknown): void {
  const failure = toFailure(error)
  notifications.show({
    color: 'red',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: false,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    title: failure.message,
    message: failure.hint,
    role: 'alert',
  })
}
