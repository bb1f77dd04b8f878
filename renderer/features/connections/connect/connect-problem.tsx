import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'

import { Failed } from '../../../ui/states.tsx'
import { findErrorFault } from './find-error-fault.ts'
import { listFixes, type ConnectionFix } from '../../../../shared/domain/connection-fault.ts'

interface ConnectProblemProps {
  readonly error: unknown
  /** True if the address is not the provider's own. */
  readonly ownAddress: boolean
  readonly retry: () => void
  /** Null where the address cannot be changed here. */
  readonly editUrl: (() => void) | null
  /** Stores it nevertheless; null where that makes no sense. */
  readonly keepAnyway: (() => void) | null
}

/** Why an organization could not be connected, and the ways to fix it. The key is fixed in its field above. */
export function ConnectProblem({ error, ownAddress, retry, editUrl, keepAnyway }: ConnectProblemProps): ReactElement {
  const fault = findErrorFault(error)
  const fixes: readonly ConnectionFix[] = fault === null ? [] : listFixes(fault, ownAddress)
  return (
    <div className="c-form">
      <Failed error={error} />
      <Group gap="xs">
        {fixes.includes('edit-url') && editUrl !== null ? (
          <Button variant="default" onClick={editUrl}>
            Edit URL
          </Button>
        ) : null}
        {fixes.includes('retry') ? (
          <Button variant="default" onClick={retry}>
            Try again
          </Button>
        ) : null}
        {keepAnyway === null ? null : (
          <Button variant="subtle" onClick={keepAnyway}>
            Save anyway
          </Button>
        )}
      </Group>
    </div>
  )
}
