import { IconAffiliate } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { BlastSubject } from '../../shared/contract/impact.ts'
import { ButtonLink } from '../ui/button-link.tsx'

/** In the panel of a thing: the way to what hangs on it. */
export function BlastLink({ kind, id }: BlastSubject): ReactElement {
  return (
    <ButtonLink
      to="/blast/$kind/$id"
      params={{ kind, id: String(id) }}
      variant="subtle"
      size="compact-xs"
      leftSection={<IconAffiliate size={13} aria-hidden />}
    >
      Blast radius
    </ButtonLink>
  )
}
