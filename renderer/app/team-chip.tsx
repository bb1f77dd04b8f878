import { IconAlertTriangle, IconClock, IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { describeTeam } from '../features/team/team-labels.ts'
import { useQuery } from '../ui/use-query.ts'

/** How this device is with its team, seen from every page; nothing in a profile without one. */
export function TeamChip(): ReactElement | null {
  const { data } = useQuery(query.team.status.queryOptions())
  const state = data === undefined ? null : describeTeam(data)
  if (state === null) return null
  const Icon = state.tone === 'good' ? IconUsersGroup : state.tone === 'info' ? IconClock : IconAlertTriangle
  return (
    <Link to="/team" search={{}} className="c-rail-sync" aria-label={`Team: ${state.label}`}>
      <Icon size={15} aria-hidden />
      <span className="c-rail-word">{state.label}</span>
    </Link>
  )
}
