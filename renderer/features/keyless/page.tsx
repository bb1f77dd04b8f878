import { IconPlugConnected, IconKey } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Progress } from '@mantine/core'

import { KEYLESS, KEYLESS_STATES } from '../../../shared/nouns/keyless.ts'
import { CERTAINTIES } from '../../../shared/domain/certainty.ts'
import { platformName, PLATFORMS } from '../../../shared/domain/keyless/platforms.ts'
import { api, query } from '../../data/api.ts'
import { listParams, toFilter } from '../../data/search-params.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { CopyMarkdown } from '../../entities/copy-markdown.tsx'
import { certaintyWord } from '../../entities/finding-labels.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { Empty, Failed } from '../../ui/states.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { useQuery } from '../../ui/use-query.ts'
import { KEYLESS_COLUMNS, keylessState } from './columns.tsx'
import { KeylessPanel } from './panel.tsx'
import type { KeylessSearch } from './search.ts'
import type { KeylessRow, KeylessProgress } from '../../../shared/contract/keyless.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import classes from './keyless.module.css'

const STATES = KEYLESS_STATES.map((value) => ({ value, label: keylessState(value).word }))
const SURE = CERTAINTIES.map((value) => ({ value, label: certaintyWord(value).word }))
const PLACES = PLATFORMS.map((value) => ({ value, label: platformName(value) }))

/** The keys that federation can replace, how far each client is, and what to configure beside the list. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/rotation/keyless')
  const { client, key, on } = search
  const { sort: by = 'last-day', dir: direction = 'asc' } = search
  const filters = toFilters(search, set, listParams(KEYLESS))
  const filter = toFilter(KEYLESS, search)
  const progress = useQuery(query.keyless.progress.queryOptions({ input: { client } }))
  const sort = { by, direction }
  return (
    <PageFrame
      title="Rotation"
      fill
      tabs={<AreaTabs label="Rotation" />}
      actions={
        <CopyMarkdown
          what="the plan"
          read={() => api.keyless.markdown(filter)}
          disabled={progress.data?.length === 0}
        />
      }
    >
      <TableAndPanel
        filters={
          <>
            <FilterBar {...filters.bar('Search keys')}>
              <ManyChip label="State" choices={STATES} {...filters.chip('state')} />
              <ManyChip label="Certainty" choices={SURE} {...filters.chip('certainty')} />
              <ManyChip label="Platform" choices={PLACES} {...filters.chip('platform')} />
              <ConnectionChip {...filters.chip('connection')} />
            </FilterBar>
            {progress.data === undefined ? (
              progress.isError ? (
                <Failed error={progress.error} retry={() => void progress.refetch()} />
              ) : null
            ) : progress.data.length === 0 ? null : (
              <KeylessProgressList rows={progress.data} />
            )}
          </>
        }
        id="keyless"
        label="Keys that federation can replace"
        noun={['key', 'keys']}
        source={toListSource({ ...filter, sort }, (input) => query.keyless.list.queryOptions({ input }))}
        columns={KEYLESS_COLUMNS}
        rowId={(row) => row.keyId}
        sort={sort}
        onSort={(next) => set({ sort: next.by as KeylessSearch['sort'], dir: next.direction })}
        opened={key}
        open={(next, replace) => set({ key: next, on: undefined }, replace)}
        rowActions={useKeylessActions()}
        renderPanel={(id, close) => (
          <KeylessPanel keyId={id} on={on} setOn={(next) => set({ on: next }, true)} onClose={close} />
        )}
        empty={
          <ListEmpty what="keys" {...filters}>
            <Empty
              icon={IconPlugConnected}
              title="No keys to replace"
              action={<ButtonLink to="/keys/federation">Show federation</ButtonLink>}
            >
              No usable key of OpenAI or Anthropic belongs to a service account, or shows by its name or its use that
              only a pipeline or a cloud workload uses it.
            </Empty>
          </ListEmpty>
        }
      />
    </PageFrame>
  )
}

/** The actions on one key of the plan. */
function useKeylessActions(): (row: KeylessRow) => readonly RowAction[] {
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

type Counts = Pick<KeylessProgress, 'static' | 'beside' | 'retired'>

function describeCounts({ static: without, beside, retired }: Counts): string {
  return `${plural(without, 'key')} without a rule · ${wholeNumber(beside)} beside a rule · ${wholeNumber(retired)} retired`
}

/** How far each client is: keys without a rule, beside one, and retired, with the share that is done. */
function KeylessProgressList({ rows }: { readonly rows: readonly KeylessProgress[] }): ReactElement {
  const sum = (part: keyof Counts): number => rows.reduce((total, row) => total + row[part], 0)
  return (
    <details className={classes['progress']}>
      <summary>{describeCounts({ static: sum('static'), beside: sum('beside'), retired: sum('retired') })}</summary>
      <ul className={classes['clients']}>
        {rows.map((row) => (
          <li key={row.client.slug}>
            <ClientMark client={row.client} />
            <Progress
              value={(row.retired / (row.static + row.beside + row.retired)) * 100}
              size="sm"
              aria-label={`Retired keys of ${visibleText(row.client.name)}`}
            />
            <span className="c-tabular">{describeCounts(row)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
