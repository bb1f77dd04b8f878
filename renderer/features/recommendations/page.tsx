import { IconBulb } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { RECOMMENDATIONS } from '../../../shared/nouns/recommendations.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import {
  KIND_CHOICES,
  SURE_CHOICES,
  recommendationWord,
  changeWord,
  sureWord,
} from '../../entities/recommendation-labels.ts'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { Empty } from '../../ui/states.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { RecommendationPanel } from './panel.tsx'
import { useScope } from '../../data/scope.ts'
import { plural } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import { Named } from '../../ui/named.tsx'
import { useQuery } from '../../ui/use-query.ts'

/** The columns of the recommendations. */
export const RECOMMENDATION_COLUMNS = toColumns(RECOMMENDATIONS, {
  sure: (row) => ({ ...sureWord(row.sure), title: row.sureBecause }),
  project: {
    cell: (row) => (row.project === null ? 'Organization' : <Named text={row.project.name} />),
    text: (row) => row.project?.name ?? 'Organization',
  },
  change: { cell: (row) => <Named text={changeWord(row)} />, text: changeWord },
  kind: (row) => recommendationWord(row.kind),
})

/** Smaller roles that recorded use recommends, highest confidence first, with the evidence beside the list. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/findings/recommendations')
  const { list, filters } = toList(RECOMMENDATIONS, search, set, (input) =>
    query.recommendations.list.queryOptions({ input }),
  )
  const { chip } = filters
  return (
    <PageFrame title="Findings" fill tabs={<AreaTabs label="Findings" />}>
      <TableAndPanel
        filters={
          <>
            <FilterBar {...filters.bar('Search recommendations')}>
              <FilterChip label="Kind" choices={KIND_CHOICES} {...chip('kind')} />
              <FilterChip label="Confidence" choices={SURE_CHOICES} {...chip('sure')} />
              <ProjectChip {...chip('project')} />
              <PersonChip {...chip('person')} />
            </FilterBar>
            <Silence />
          </>
        }
        {...list}
        columns={RECOMMENDATION_COLUMNS}
        rowId={(row) => row.rowKey}
        opened={search.recommendations}
        open={(recommendations) => set({ recommendations })}
        renderPanel={(rowKey, close) => <RecommendationPanel rowKey={rowKey} onClose={close} />}
        empty={
          <ListEmpty what="recommendations" title="No recommendations match the filters" {...filters}>
            <Empty icon={IconBulb} title="No recommendations">
              No account has a larger role than its recorded use in the last 90 days needs, and no key is beside a
              federation rule. Accounts without usage data get no recommendation.
            </Empty>
          </ListEmpty>
        }
      />
    </PageFrame>
  )
}

/** The people and connections without usage data, so that missing data does not look like missing use. */
function Silence(): ReactElement | null {
  const { client } = useScope()
  const { data } = useQuery(query.recommendations.list.queryOptions({ input: { client, limit: 0 } }))
  const silent = data?.silent ?? []
  if (silent.length === 0) return null
  const people = silent.reduce((sum, each) => sum + each.people, 0)
  return (
    <details className="c-help">
      <summary>{`No usage data for ${plural(people, 'person', 'people')}; no recommendation`}</summary>
      <ul className="c-bullets">
        {silent.map(({ client: whose, connection, people: count, says }) => (
          <li key={connection.id}>
            {`${plural(count, 'person', 'people')} of ${visibleText(whose.name)}, ${visibleText(connection.label)}. ${visibleText(says)}`}
          </li>
        ))}
      </ul>
    </details>
  )
}
