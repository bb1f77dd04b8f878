import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { useScope } from '../data/scope.ts'
import { plural } from '../ui/relative.ts'
import { useQuery } from '../ui/use-query.ts'

/** How many clients of the team are missing from what is shown of all clients, since this device does not hold them, in words; null: none. */
export function useUnheldWords(): string | null {
  const { client } = useScope()
  const { data } = useQuery(query.team.status.queryOptions())
  if (client !== undefined || data === undefined || data.unheld === 0) return null
  return `${plural(data.unheld, 'client')} of the team ${data.unheld === 1 ? 'is' : 'are'} not on this device.`
}

/** These words as a line under a list, with the way to the clients. */
export function UnheldNote(): ReactElement | null {
  const words = useUnheldWords()
  return words === null ? null : (
    <p className="c-quiet">
      {words}{' '}
      <Link to="/team" search={{}}>
        Show their figures
      </Link>
    </p>
  )
}
