import { useState, type ReactElement, type ReactNode } from 'react'

import type { Connection } from '../../../../shared/contract/connections.ts'
import { ConnectForm, type ConnectClient } from './connect-form.tsx'
import { ConnectProgress } from './connect-progress.tsx'
import { ConnectResult } from './connect-result.tsx'
import { PartialRights } from './partial-rights.tsx'
import { useConnect } from './use-connect.ts'

export interface ConnectFlowProps {
  readonly clients: readonly ConnectClient[]
  /** The connection whose key is replaced; null for a new connection. */
  readonly replaced: Connection | null
  /** Leaves the form. */
  readonly close: () => void
  readonly closeLabel?: string
  /** The step after the result, and its label. */
  readonly next: { readonly label: string; readonly go: () => void }
  readonly openToday?: (() => void) | undefined
  /** Another way to begin, under the form. */
  readonly instead?: ReactNode
}

/** From the key to the register: check, store, first sync, result. Each new try begins with an empty form. */
export function ConnectFlow(props: ConnectFlowProps): ReactElement {
  const [round, setRound] = useState<{ readonly n: number; readonly replaced: Connection | null }>({
    n: 0,
    replaced: props.replaced,
  })
  return (
    <Round
      key={round.n}
      {...props}
      replaced={round.replaced}
      begin={(replaced) => setRound(({ n }) => ({ n: n + 1, replaced }))}
    />
  )
}

interface RoundProps extends ConnectFlowProps {
  readonly begin: (replaced: Connection | null) => void
}

function Round({ clients, replaced, close, closeLabel, next, openToday, instead, begin }: RoundProps): ReactElement {
  const { stage, progress, connect, accept, cancel, startOver } = useConnect(replaced)
  if (stage.at === 'partial') return <PartialRights checked={stage.checked} accept={accept} back={startOver} />
  if (stage.at === 'reading') {
    const { connection, checked } = stage
    return <ConnectProgress connection={connection} checked={checked} progress={progress} cancel={cancel} />
  }
  if (stage.at === 'ended') {
    const { connection, checked, result, notWritten } = stage
    return (
      <div className="c-form">
        {result === null ? null : <ConnectProgress connection={connection} checked={checked} progress={progress} />}
        <ConnectResult
          connection={connection}
          result={result}
          notWritten={notWritten}
          replaceKey={() => begin(connection)}
          another={replaced === null ? () => begin(null) : undefined}
          next={next}
          openToday={openToday}
        />
      </div>
    )
  }
  return (
    <>
      <ConnectForm
        clients={clients}
        replaced={replaced}
        checking={stage.at === 'checking'}
        error={stage.at === 'form' ? stage.error : null}
        connect={connect}
        cancelCheck={cancel}
        close={close}
        {...(closeLabel === undefined ? {} : { closeLabel })}
      />
      {instead}
    </>
  )
}
