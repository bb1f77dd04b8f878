import { IconPlugConnected, IconFlag, IconShieldHalf } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useNavigate } from '@tanstack/react-router'

import { FEDERATION } from '../../../shared/nouns/federation.ts'
import { RULE_STATES } from '../../../shared/domain/federation/path.ts'
import { PINS } from '../../../shared/domain/federation/workload.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AccountChip } from '../../entities/account-chip.tsx'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { Empty } from '../../ui/states.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { CertificatesView } from './certificates-view.tsx'
import { FEDERATION_COLUMNS } from './columns.tsx'
import { pinLabel, stateLabel } from './labels.ts'
import { FederationPanel } from './panel.tsx'
import type { FederationRow } from '../../../shared/contract/access.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

const STATES = RULE_STATES.map((value) => ({ value, label: stateLabel(value).word }))

const PIN_CHOICES = PINS.map((value) => ({ value, label: pinLabel(value).word }))

/** Access without a key: federation rules, or client certificates. */
export function Page(): ReactElement {
  const [{ view }] = useSearchState('/keys/federation')
  return (
    <PageFrame title="Keys" fill tabs={<AreaTabs label="Keys" />}>
      {view === 'certificates' ? <CertificatesView /> : <RulesView />}
    </PageFrame>
  )
}

/** Federation rules in scope, and everything about one of them beside the list. */
function RulesView(): ReactElement {
  const [search, set] = useSearchState('/keys/federation')
  const { list, filters } = toList(FEDERATION, search, set, (input) => query.access.federation.queryOptions({ input }))
  return (
    <TableAndPanel
      filters={
        <FilterBar {...filters.bar('Search federation rules')}>
          <ManyChip label="Accepts" choices={PIN_CHOICES} {...filters.chip('pin')} />
          <ManyChip label="State" choices={STATES} {...filters.chip('state')} />
          <ConnectionChip {...filters.chip('connection')} />
          <AccountChip {...filters.chip('principal')} />
        </FilterBar>
      }
      {...list}
      columns={FEDERATION_COLUMNS}
      rowId={(row) => row.federationId}
      opened={search.rule}
      open={(next, replace) => set({ rule: next }, replace)}
      rowActions={useRuleActions()}
      renderPanel={(id, close) => <FederationPanel federationId={id} onClose={close} />}
      empty={
        <ListEmpty what="federation rules" {...filters}>
          <Empty
            icon={IconPlugConnected}
            title="No federation rules"
            action={<ButtonLink to="/connections">Show what was read</ButtonLink>}
          >
            A federation rule lets a pipeline or a cloud workload act as a service account without a key. None was
            found, or the credential may not read them: the panel of a connection has what was read.
          </Empty>
        </ListEmpty>
      }
    />
  )
}

function useRuleActions(): (row: FederationRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ account, externalId }) => [
    ...(account === null
      ? []
      : [
          {
            label: 'Show access',
            icon: IconShieldHalf,
            run: () => void navigate({ to: '/keys/access', search: { principal: account.id } }),
          },
          {
            label: 'Show findings',
            icon: IconFlag,
            run: () =>
              void navigate({ to: '/findings', search: { view: 'all', kind: ['principal'], subject: account.id } }),
          },
        ]),
    makeCopyAction('rule id', externalId),
  ]
}
