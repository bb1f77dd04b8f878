import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { ShortcutList } from '../../entities/shortcut-list.tsx'
import { TabsPage } from '../../ui/views.tsx'
import { AboutSection } from '../settings/about-section.tsx'
import { GuideSection } from './guide-section.tsx'
import './help.css'
import { LicencesSection } from './licences-section.tsx'

/** The guide, the shortcuts, the licences, and the version. */
export function Page(): ReactElement {
  const [{ section }, set] = useSearchState('/help')
  return (
    <TabsPage
      title="Help"
      value={section}
      choose={(next) => set({ section: next })}
      panelClass="c-help-panel"
      tabs={[
        { value: 'guide', label: 'Guide', panel: <GuideSection /> },
        {
          value: 'shortcuts',
          label: 'Shortcuts',
          panelClass: 'c-help-panel c-help-shortcuts',
          panel: (
            <>
              <h2 className="c-visually-hidden">Shortcuts</h2>
              <ShortcutList />
            </>
          ),
        },
        { value: 'licences', label: 'Licences', panel: <LicencesSection /> },
        { value: 'about', label: 'About', panel: <AboutSection /> },
      ]}
    />
  )
}
