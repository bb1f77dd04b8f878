import { Select } from '@mantine/core'
import type { ReactElement } from 'react'

import { visibleText } from '../ui/text.ts'
import { useScope } from '../data/scope.ts'
import { useClients } from '../data/use-clients.ts'

interface ClientChoiceProps {
  /** Slug; null until one is chosen. */
  readonly chosen: string | null
  readonly choose: (slug: string | null) => void
}

/** A form field that asks for the client; nothing when the scope is one client. */
export function ClientChoice({ choose, chosen }: ClientChoiceProps): ReactElement | null {
  const { client } = useScope()
  const clients = useClients()
  if (client !== undefined) return null
  return (
    <Select
      label="Client"
      data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
      value={chosen}
      onChange={choose}
      searchable
      required
    />
  )
}
