import { Button } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { RemediationOrigin } from '../../shared/contract/remediation.ts'
import { useAddRemediations } from './use-add-remediations.ts'

interface AddRemediationsProps {
  /** For each, what is proposed goes on the list. */
  readonly origins: readonly RemediationOrigin[]
  /** `Put 12 removals on the list`. */
  readonly label: string
}

/** Puts on the waiting list what several origins propose, such as the removals of a signed review. */
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
