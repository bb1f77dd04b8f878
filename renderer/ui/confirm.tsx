import { Button, Group, Modal } from '@mantine/core'
import { useState, type ReactElement, type ReactNode } from 'react'

import { Failed } from './states.tsx'
import { TypedWord } from './typed-word.tsx'

interface ConfirmProps {
  readonly opened: boolean
  readonly close: () => void
  readonly title: string
  /** The consequences, and what will remain. */
  readonly children: ReactNode
  /** The verb on the button: `Remove the connection`. */
  readonly verb: string
  readonly danger?: boolean
  /** A word that has to be typed first, for an action that cannot be undone. */
  readonly typed?: string
  /** Runs the action; the dialog closes when it succeeds and shows the reason when it fails. */
  readonly act: () => Promise<unknown>
}

/** Asks before an action that cannot be undone. */
export function Confirm(props: ConfirmProps): ReactElement {
  return (
    <Modal opened={props.opened} onClose={props.close} title={props.title} size={460}>
      <ConfirmBody {...props} />
    </Modal>
  )
}

function ConfirmBody({ close, children, verb, danger = false, typed, act }: ConfirmProps): ReactElement {
  const [word, setWord] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const ready = typed === undefined || word.trim() === typed
  const confirm = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await act()
      close()
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="c-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void confirm()
      }}
    >
      <div className="c-prose">{children}</div>
      {typed === undefined ? null : <TypedWord word={typed} value={word} onChange={setWord} focused />}
      {error === null ? null : <Failed error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close} data-autofocus={(typed === undefined && danger) || undefined}>
          Cancel
        </Button>
        <Button
          type="submit"
          color={danger ? 'red' : 'petrol'}
          disabled={!ready}
          loading={busy}
          data-autofocus={(typed === undefined && !danger) || undefined}
        >
          {verb}
        </Button>
      </Group>
    </form>
  )
}
