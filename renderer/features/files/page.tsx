import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { AreaTabs } from '../../entities/area-tabs.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ExportView } from './export-view.tsx'
import { ImportView } from './import-view.tsx'
import { PersonnelView } from './personnel-view.tsx'

const route = getRouteApi('/files')

/** Exports of the register, and imports of registers, CSV files and HR files. */
export function Page(): ReactElement {
  const { view = 'export' } = route.useSearch()
  return (
    <PageFrame title="Import & export" tabs={<AreaTabs label="Import & export" />}>
      {view === 'export' ? <ExportView /> : view === 'import' ? <ImportView /> : <PersonnelView />}
    </PageFrame>
  )
}
