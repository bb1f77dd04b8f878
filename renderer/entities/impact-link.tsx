import { IconAffiliate } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ImpactSubject } from '../../shared/contract/impact.ts'
import { useOfferedActions } from '../data/offered-actions.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { visibleText } from '../ui/text.ts'

type ImpactLinkProps = ImpactSubject & {
  /** Its name, where it is the thing of the open panel: the palette then offers the same. */
  readonly name?: string
  readonly label?: string
}

/** In the panel of a thing: the link to the impact of its removal. */
export function ImpactLink({ kind, id, name, label = 'Impact' }: ImpactLinkProps): ReactElement {
  const navigate = useNavigate()
  const show = (): void => void navigate({ to: '/impact/$kind/$id', params: { kind, id: String(id) } })
  useOfferedActions(
    name === undefined
      ? []
      : [{ label: `Show impact of removing ${visibleText(name)}`, words: 'consequences delete', run: show }],
  )
  return (
    <ButtonLink
      to="/impact/$kind/$id"
      params={{ kind, id: String(id) }}
      variant="subtle"
      size="compact-xs"
      leftSection={<IconAffiliate size={13} aria-hidden />}
    >
      {label}
    </ButtonLink>
  )
}
