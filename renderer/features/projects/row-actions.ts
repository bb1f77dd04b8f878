import { IconKey, IconShieldHalf } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { ProjectRow } from '../../../shared/contract/projects.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

export function useProjectActions(): (row: ProjectRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ projectId, externalId }) => [
    {
      label: 'Show access',
      icon: IconShieldHalf,
      run: () => void navigate({ to: '/projects/access', search: { project: projectId } }),
    },
    { label: 'Show keys', icon: IconKey, run: () => void navigate({ to: '/keys', search: { project: projectId } }) },
    makeCopyAction('project id', externalId),
  ]
}
