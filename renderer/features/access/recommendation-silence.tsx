import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { plural } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import classes from '../../entities/recommendation.module.css'

/** Of whom nothing is reported, so that silence is not taken for non-use. */
export function Silence(): ReactElement | null {
  const { client } = useScope()
  const { data } = useQuery(query.advice.list.queryOptions({ input: { client, limit: 0 } }))
  const silent = data?.silent ?? []
  if (silent.length === 0) return null
  const people = silent.reduce((sum, each) => sum + each.people, 0)
  return (
    <details className={classes['silent']}>
      <summary>{`Not reported: of ${plural(people, 'person', 'people')} no use is recorded, and they are not advised on`}</summary>
      <ul>
        {silent.map(({ client: whose, connection, people: count, says }) => (
          <li key={connection.id}>
            {`${plural(count, 'person', 'people')} of ${visibleText(whose.name)}, ${visibleText(connection.label)}. ${visibleText(says)}`}
          </li>
        ))}
      </ul>
    </details>
  )
}
