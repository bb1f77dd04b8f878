import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import { api, query } from '../../data/api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SecretCopied, SecretCopyButton, SecretText, useSecretCopies } from '../../ui/secret.tsx'
import { Failed } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'

interface SecretDialogProps {
  readonly remediationId: number
  /** The replaced key. */
  readonly name: string
  readonly opened: boolean
  readonly close: () => void
}

interface NewSecret {
  readonly secret: string
  readonly name: string
}

/**
 * The secret of a new key, once. It is requested only by the button and exists in this dialog alone: in no query or
 * mutation, no address and no notice. Once it is on screen only the button closes the dialog, so that a stray Escape
 * does not lose it.
 */
export function SecretDialog({ remediationId, name, opened, close }: SecretDialogProps): ReactElement {
  const [taken, setTaken] = useState<NewSecret | null>(null)
  const forget = (): void => {
    setTaken(null)
    close()
  }
  const isShown = taken !== null
  return (
    <Dialog opened={opened} onClose={forget} title="The new key’s secret" size={540} held={isShown}>
      {isShown ? (
        <Shown taken={taken} forget={forget} />
      ) : (
        <Ask remediationId={remediationId} name={name} cancel={forget} take={setTaken} />
      )}
    </Dialog>
  )
}

interface AskProps {
  readonly remediationId: number
  readonly name: string
  readonly cancel: () => void
  readonly take: (taken: NewSecret) => void
}

function Ask({ remediationId, name, cancel, take }: AskProps): ReactElement {
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const ask = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      take(await api.remediation.takeSecret({ remediationId }))
    } catch (cause) {
      setError(cause)
      // The service may have discarded it meanwhile, and the possible actions differ then.
      void queryClient.invalidateQueries({ queryKey: query.remediation.key() })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="c-form">
      <p className="c-prose">
        The provider showed the secret of the key that replaces {name} once, and Castellan keeps it in memory only. It
        is shown here once and then discarded. Open your vault first.
      </p>
      {error === null ? null : <Failed error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={cancel}>
          Not now
        </Button>
        <Button loading={busy} onClick={() => void ask()} data-autofocus>
          Show secret once
        </Button>
      </Group>
    </div>
  )
}

function Shown({ taken, forget }: { readonly taken: NewSecret; readonly forget: () => void }): ReactElement {
  const code = useRef<HTMLOutputElement>(null)
  const copies = useSecretCopies((sha256) => api.desktop.secretCopied({ sha256 }))
  useEffect(() => code.current?.focus(), [])
  return (
    <div className="c-form">
      <p className="c-prose">
        For <bdi>{visibleText(taken.name)}</bdi>. Copy it now: it is not shown again.
      </p>
      <SecretText ref={code} text={taken.secret} label="Secret of the new key" copies={copies} />
      <Group justify="space-between" gap="xs">
        <SecretCopyButton text={taken.secret} label="Copy secret" copies={copies} />
        <Button onClick={forget}>I’ve saved it</Button>
      </Group>
      <SecretCopied copies={copies} />
    </div>
  )
}
