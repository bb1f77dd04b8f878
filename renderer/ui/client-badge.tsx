import type { ReactElement } from 'react'

import type { ClientRef } from '../../shared/contract/common.ts'
import { Named } from './named.tsx'

/** A client's dot. The colour is set as a custom property, so that the dark scheme can lighten it. */
export function ClientDot({ colour }: { readonly colour: string }): ReactElement {
  return <span className="c-dot" style={{ ['--client' as string]: colour }} aria-hidden />
}

export function ClientMark({ client }: { readonly client: Pick<ClientRef, 'name' | 'colour'> }): ReactElement {
  return (
    <span className="c-client-mark">
      <ClientDot colour={client.colour} />
      <Named text={client.name} />
    </span>
  )
}
