import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { PageFrame } from '../../ui/page.tsx'
import { ExportView } from './export-view.tsx'
import { ImportView } from './import-view.tsx'
import { PersonnelView } from './personnel-view.tsx'

const route = getRouteApi('/files')

/** The register out, and registers, CSV files and personnel files in. */
export function Page(): ReactElement {
  const { view = 'export' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame
      title="Files"
      actions={
        <SegmentedControl
          aria-label="Direction"
          value={view}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, view: value }) })}
          data={[
            { value: 'export', label: 'Export' },
            { value: 'import', label: 'Import' },
            { value: 'personnel', label: 'Personnel' },
          ]}
        />
      }
    >
      {view === 'export' ? <ExportView /> : view === 'import' ? <ImportView /> : <PersonnelView />}
    </PageFrame>
  )
}
