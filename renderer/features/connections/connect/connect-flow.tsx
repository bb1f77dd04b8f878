import { useState, type ReactElement, type ReactNode } from 'react'
import { Button, Group } from '@mantine/core'

import type { Connection, CheckedConnection } from '../../../../shared/contract/connections.ts'
import { ConnectForm, type ConnectClient } from './connect-form.tsx'
import { ConnectProgress } from './connect-progress.tsx'
import { ConnectResult } from './connect-result.tsx'
import { useConnect } from './use-connect.ts'
import { listLacking } from '../../../../shared/domain/sync-lack.ts'
import { plural } from '../../../ui/relative.ts'
import { Status } from '../../../ui/status.tsx'
import { LackingTable } from './sources.tsx'

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

interface PartialRightsProps {
  readonly checked: CheckedConnection
  /** Connects with these rights. */
  readonly accept: () => void
  /** Goes back to the key. */
  readonly back: () => void
}

/** The things that stay unknown with a key that may not read everything. */
function PartialRights({ checked, accept, back }: PartialRightsProps): ReactElement {
  const { capabilities } = checked
  const lacking = listLacking(capabilities)
  return (
    <div className="c-form">
      <p>
        <Status tone="warn">{`Key accepted. ${plural(lacking.length, 'list')} of ${capabilities.length} cannot be read`}</Status>
      </p>
      <p className="c-prose">These stay unknown in the register until a key with more permissions is set:</p>
      <LackingTable sources={lacking} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={back}>
          Use another key
        </Button>
        <Button onClick={accept} data-autofocus>
          Connect anyway
        </Button>
      </Group>
    </div>
  )
}
