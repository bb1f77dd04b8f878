import { Button } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { RemedyOrigin } from '../../shared/contract/remediation.ts'
import { useAddRemedies } from './use-add-remedies.ts'

interface AddRemediesProps {
  /** For each, what is proposed goes on the list. */
  readonly origins: readonly RemedyOrigin[]
  /** `Put 12 removals on the list`. */
  readonly label: string
}

/** Puts on the waiting list what several origins propose, such as the removals of a signed review. */
export function AddRemedies({ origins, label }: AddRemediesProps): ReactElement {
  const { addProposed, busy } = useAddRemedies()
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
