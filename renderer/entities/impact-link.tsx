import { IconAffiliate } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { ImpactSubject } from '../../shared/contract/impact.ts'
import { ButtonLink } from '../ui/button-link.tsx'

/** In the panel of a thing: the link to the impact of its removal. */
export function ImpactLink({ kind, id }: ImpactSubject): ReactElement {
  return (
    <ButtonLink
      to="/impact/$kind/$id"
      params={{ kind, id: String(id) }}
      variant="subtle"
      size="compact-xs"
      leftSection={<IconAffiliate size={13} aria-hidden />}
    >
      Impact
    </ButtonLink>
  )
}
