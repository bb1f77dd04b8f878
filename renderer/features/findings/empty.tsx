import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { Empty } from '../../ui/states.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'

interface FindingsEmptyProps {
  readonly filtered: boolean
  readonly onClear: () => void
}

/** The empty state: because of the filters, because nothing was synced yet, or because all findings are resolved. */
export function FindingsEmpty({ filtered, onClear }: FindingsEmptyProps): ReactElement {
  const { client } = useScope()
  const freshness = useQuery(query.findings.freshness.queryOptions({ input: { client } })).data
  if (filtered) return <ListEmpty what="findings" filtered onClear={onClear} />
  if (freshness?.day === null) {
    return (
      <Empty
        icon={IconShieldCheck}
        title="Nothing evaluated yet"
        action={
          <Button component={Link} to="/connections">
            Connections
          </Button>
        }
      >
        Sync a connection, or import a register; the rules then evaluate its data.
      </Empty>
    )
  }
  return (
    <Empty icon={IconShieldCheck} title="No open findings">
      Every rule was evaluated. None is violated, or the risk was accepted.
    </Empty>
  )
}
