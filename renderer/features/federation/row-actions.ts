import { IconFlag, IconShieldHalf } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { FederationRow } from '../../../shared/contract/access.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

export function useRuleActions(): (row: FederationRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ account, externalId }) => [
    ...(account === null
      ? []
      : [
          {
            label: 'Show access',
            icon: IconShieldHalf,
            run: () => void navigate({ to: '/keys/access', search: { principal: account.id } }),
          },
          {
            label: 'Show findings',
            icon: IconFlag,
            run: () =>
              void navigate({ to: '/findings', search: { view: 'all', kind: ['principal'], subject: account.id } }),
          },
        ]),
    makeCopyAction('rule id', externalId),
  ]
}
