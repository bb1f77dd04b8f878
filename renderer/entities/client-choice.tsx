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

/** Asks in a form which client it is about; nothing where the scope says it already. */
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
