import { ORPCError } from '@orpc/client'
import { IconChecklist } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { ButtonLink } from '../../ui/button-link.tsx'
import { Empty, Failed } from '../../ui/states.tsx'

/** In place of the changes since the last signed review: mostly because no review was signed yet. */
export function NoReview({ error }: { readonly error: Error }): ReactElement {
  if (!(error instanceof ORPCError) || error.code !== 'NOT_FOUND') return <Failed error={error} />
  return (
    <Empty
      icon={IconChecklist}
      title="No review was signed yet"
      action={<ButtonLink to="/reviews">Go to the reviews</ButtonLink>}
    >
      Once one is signed, this shows what changed since what it looked at. Until then, look back by days.
    </Empty>
  )
}
