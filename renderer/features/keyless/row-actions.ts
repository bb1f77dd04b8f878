import { IconKey, IconPlugConnected } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { KeylessRow } from '../../../shared/contract/keyless.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

/** The actions on one key of the plan. */
export function useKeylessActions(): (row: KeylessRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ keyId, rule }) => [
    { label: 'Open key', icon: IconKey, run: () => void navigate({ to: '/keys', search: { key: keyId } }) },
    ...(rule === null
      ? []
      : [
          {
            label: 'Open federation rule',
            icon: IconPlugConnected,
            run: () => void navigate({ to: '/keys/federation', search: { rule: rule.federationId } }),
          },
        ]),
  ]
}
