import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { CheckedConnection } from '../../../../shared/contract/connections.ts'
import { listLacking } from '../../../../shared/domain/sync-lack.ts'
import { plural } from '../../../ui/relative.ts'
import { Status } from '../../../ui/status.tsx'
import { LackingTable } from './sources.tsx'

interface PartialRightsProps {
  readonly checked: CheckedConnection
  /** Connects with these rights. */
  readonly accept: () => void
  /** Goes back to the key. */
  readonly back: () => void
}

/** The things that stay unknown with a key that may not read everything. */
export function PartialRights({ checked, accept, back }: PartialRightsProps): ReactElement {
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
