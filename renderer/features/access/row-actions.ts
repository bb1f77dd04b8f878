import { IconFolder, IconKey, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { AccessRow } from '../../../shared/contract/access.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

export function useGrantActions(): (row: AccessRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ principal, project }) => {
    const { personId: person, externalId } = principal
    const openProject = (id: number): RowAction => ({
      label: 'Open project',
      icon: IconFolder,
      run: () => void navigate({ to: '/projects', search: { project: id } }),
    })
    const ofPerson = (id: number): readonly RowAction[] => [
      { label: 'Open person', icon: IconUser, run: () => void navigate({ to: '/people', search: { person: id } }) },
      { label: 'Show their keys', icon: IconKey, run: () => void navigate({ to: '/keys', search: { owner: id } }) },
    ]
    return [
      ...(person === null ? [] : ofPerson(person)),
      ...(project === null ? [] : [openProject(project.id)]),
      makeCopyAction('account id', externalId),
    ]
  }
}
