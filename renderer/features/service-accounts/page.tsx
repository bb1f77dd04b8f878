import { IconFlag, IconPlugConnected, IconRobot, IconShieldHalf } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ServiceAccountRow } from '../../../shared/contract/access.ts'
import { CREDENTIALS } from '../../../shared/domain/access/credential.ts'
import { SERVICE_ACCOUNTS } from '../../../shared/nouns/service-accounts.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { makeCopyAction } from '../../entities/copy-action.ts'
import { PageFrame } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FlagChip } from '../../ui/table/filter-chip.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import type { RowAction } from '../../ui/table/row-actions.tsx'
import { SERVICE_ACCOUNT_COLUMNS } from './columns.tsx'

const WORDS: Readonly<Record<(typeof CREDENTIALS)[number], string>> = {
  key: 'Keys',
  federation: 'Federation',
  both: 'Keys and federation',
  none: 'None known',
}

const CHOICES = CREDENTIALS.map((value) => ({ value, label: WORDS[value] }))

/** The roster of non-human identities: who is asked, what for, how it is opened, since when and for how long. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/people/service-accounts')
  const navigate = useNavigate()
  const { list, filters } = toList(SERVICE_ACCOUNTS, search, set, (input) =>
    query.access.serviceAccounts.queryOptions({ input }),
  )
  const open = ({ principalId }: ServiceAccountRow): void =>
    void navigate({ to: '/people/access', search: { principal: principalId } })
  const rowActions = (row: ServiceAccountRow): readonly RowAction[] => [
    { label: 'Show access', icon: IconShieldHalf, run: () => open(row) },
    {
      label: 'Show federation rules',
      icon: IconPlugConnected,
      run: () => void navigate({ to: '/keys/federation', search: { principal: row.principalId } }),
    },
    {
      label: 'Show findings',
      icon: IconFlag,
      run: () =>
        void navigate({ to: '/findings', search: { view: 'all', kind: ['principal'], subject: row.principalId } }),
    },
    makeCopyAction('account id', row.externalId),
  ]
  return (
    <PageFrame title="People" fill tabs={<AreaTabs label="People" />}>
      <FilterBar {...filters.bar('Search service accounts')}>
        <ManyChip label="Credential" choices={CHOICES} {...filters.chip('credential')} />
        <FlagChip label="Privileged" yes="Owners and admins" no="All others" {...filters.chip('privileged')} />
        <ConnectionChip {...filters.chip('connection')} />
      </FilterBar>
      <DataTable
        {...list}
        columns={SERVICE_ACCOUNT_COLUMNS}
        rowId={(row) => String(row.principalId)}
        onOpen={open}
        rowActions={rowActions}
        empty={
          <ListEmpty what="service accounts" {...filters}>
            <Empty icon={IconRobot} title="No service accounts">
              No service account was read. Anthropic lists them only for an OAuth token with the scope org:admin.
            </Empty>
          </ListEmpty>
        }
      />
    </PageFrame>
  )
}
