import { IconKey, IconShieldHalf } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { PersonRow } from '../../../shared/contract/people.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

export function usePersonActions(): (row: PersonRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ personId, email }) => [
    {
      label: 'Show access',
      icon: IconShieldHalf,
      run: () => void navigate({ to: '/people/access', search: { person: personId } }),
    },
    { label: 'Show keys', icon: IconKey, run: () => void navigate({ to: '/keys', search: { owner: personId } }) },
    ...(email === null ? [] : [makeCopyAction('e-mail address', email)]),
  ]
}
