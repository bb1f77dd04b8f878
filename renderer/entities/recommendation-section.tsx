import { Group, Stack } from '@mantine/core'
import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { useScope } from '../data/scope.ts'
import { LongList } from '../ui/panel/long-list.tsx'
import { Nothing, PanelSection } from '../ui/panel/panel-section.tsx'
import { Status } from '../ui/status.tsx'
import { visibleText } from '../ui/text.ts'
import { useQuery } from '../ui/use-query.ts'
import { Evidence } from './recommendation-evidence.tsx'
import { changeWord, sureWord } from './recommendation-labels.ts'

/**
 * In the panel of a person: recommended role reductions, and connections that report no use. Nothing without either.
 */
export function RecommendationSection({ personId }: { readonly personId: number }): ReactElement | null {
  const { client } = useScope()
  const recommendations = useQuery(
    query.recommendations.list.queryOptions({ input: { client, person: personId, limit: 50 } }),
  )
  const rows = recommendations.data?.rows ?? []
  const silent = recommendations.data?.silent ?? []
  if (rows.length === 0 && silent.length === 0) return null
  return (
    <PanelSection title="Recommended role reductions" count={rows.length}>
      {rows.length === 0 ? <Nothing>None.</Nothing> : null}
      <LongList items={rows} getKey={(row) => row.rowKey} step={10}>
        {(row) => (
          <Stack gap={4}>
            <Group justify="space-between" gap="4px 10px">
              <span>
                <bdi>{visibleText(row.project?.name ?? row.connection.label)}</bdi>
                <span className="c-quiet">{` · ${visibleText(changeWord(row))}`}</span>
              </span>
              <Status tone={sureWord(row.sure).tone} plain title={row.sureBecause}>
                {sureWord(row.sure).word}
              </Status>
            </Group>
            <Evidence row={row} />
          </Stack>
        )}
      </LongList>
      {silent.map(({ connection, says }) => (
        <p key={connection.id} className="c-help">
          {`${visibleText(connection.label)}: not reported. ${visibleText(says)}`}
        </p>
      ))}
    </PanelSection>
  )
}
