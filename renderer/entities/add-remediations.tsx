import { Button } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { RemediationOrigin } from '../../shared/contract/remediation.ts'
import { useAddRemediations } from './use-add-remediations.ts'

interface AddRemediationsProps {
  /** The origins whose proposed changes are added. */
  readonly origins: readonly RemediationOrigin[]
  /** `Add 12 changes to remediation`. */
  readonly label: string
}

/**
 * A button that adds the proposed changes of several origins to remediation, such as the removals of a signed review.
 */
export function AddRemediations({ origins, label }: AddRemediationsProps): ReactElement {
  const { addProposed, busy } = useAddRemediations()
  return (
    <Button
      variant="default"
      leftSection={<IconListCheck size={14} aria-hidden />}
      disabled={origins.length === 0}
      loading={busy}
      onClick={() => addProposed(origins)}
    >
      {label}
    </Button>
  )
}
