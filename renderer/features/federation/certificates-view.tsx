import { IconCertificate } from '@tabler/icons-react'
import { useMemo, type ReactElement } from 'react'

import { CERTIFICATES } from '../../../shared/nouns/federation.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { useNow } from '../../ui/now.ts'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { Empty } from '../../ui/states.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FlagChip } from '../../ui/table/filter-chip.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { CertificatePanel } from './certificate-panel.tsx'
import { certificateColumns } from './columns.tsx'

/** Client certificates in scope, those that expire first at the top, and everything about one of them beside the list. */
export function CertificatesView(): ReactElement {
  const [search, set] = useSearchState('/keys/federation')
  const now = useNow()
  const columns = useMemo(() => certificateColumns(now), [now])
  const { list, filters } = toList(CERTIFICATES, search, set, (input) =>
    query.access.certificates.queryOptions({ input }),
  )
  return (
    <TableAndPanel
      filters={
        <FilterBar {...filters.bar('Search certificates')}>
          <FlagChip label="Active" yes="Active" no="Inactive" {...filters.chip('active')} />
          <ConnectionChip {...filters.chip('connection')} />
        </FilterBar>
      }
      {...list}
      columns={columns}
      rowId={(row) => row.certificateId}
      opened={search.certificate}
      open={(next, replace) => set({ certificate: next }, replace)}
      rowActions={({ externalId }) => [makeCopyAction('certificate id', externalId)]}
      renderPanel={(id, close) => <CertificatePanel certificateId={id} onClose={close} />}
      empty={
        <ListEmpty what="certificates" {...filters}>
          <Empty
            icon={IconCertificate}
            title="No certificates"
            action={<ButtonLink to="/connections">Show what was read</ButtonLink>}
          >
            A client certificate can be required by an organization or a project of OpenAI. None was found, or the
            credential may not read them: the panel of a connection has what was read.
          </Empty>
        </ListEmpty>
      }
    />
  )
}
