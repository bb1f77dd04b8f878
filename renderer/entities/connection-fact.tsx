import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ConnectionRef } from '../../shared/contract/common.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { Named } from '../ui/named.tsx'
import { Fact } from '../ui/panel/panel-section.tsx'

/** In a panel, the connection in which its subject was read, as a link to it. */
export function ConnectionFact({
  connection: { id, label, provider },
}: {
  readonly connection: Pick<ConnectionRef, 'id' | 'label' | 'provider'>
}): ReactElement {
  return (
    <Fact name="Connection">
      <Link to="/connections" search={{ connection: id }} className="c-link">
        <Named text={label} />
      </Link>{' '}
      <span className="c-quiet">{providerName(provider)}</span>
    </Fact>
  )
}
