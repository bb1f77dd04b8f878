import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { PageFrame } from '../../ui/page.tsx'
import { ExportView } from './export-view.tsx'
import { ImportView } from './import-view.tsx'
import { PersonnelView } from './personnel-view.tsx'

const route = getRouteApi('/files')

/** Exports of the register, and imports of registers, CSV files and HR files. */
export function Page(): ReactElement {
  const { view = 'export' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame
      title="Import & export"
      actions={
        <SegmentedControl
          aria-label="Direction"
          value={view}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, view: value }) })}
          data={[
            { value: 'export', label: 'Export' },
            { value: 'import', label: 'Import' },
            { value: 'personnel', label: 'HR import' },
          ]}
        />
      }
    >
      {view === 'export' ? <ExportView /> : view === 'import' ? <ImportView /> : <PersonnelView />}
    </PageFrame>
  )
}
