import { Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { ClientRef } from '../../shared/contract/common.ts'
import { ClientDot, ClientMark } from '../ui/client-badge.tsx'

/** Dots shown after the first client; further clients are only counted. */
const DOTS = 4

/** Several clients in one cell: the first by name, the others as dots. The tooltip of the cell names them all. */
export function ClientMarks({ clients }: { readonly clients: readonly ClientRef[] }): ReactElement | null {
  const [first, ...others] = clients
  if (first === undefined) return null
  const more = others.length - DOTS
  return (
    <Group gap={4} h="100%" wrap="nowrap">
      <ClientMark client={first} />
      {others.slice(0, DOTS).map((client) => (
        <ClientDot key={client.slug} colour={client.colour} />
      ))}
      {more > 0 ? <span className="c-quiet">{`+${more}`}</span> : null}
    </Group>
  )
}
