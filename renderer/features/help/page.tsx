import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ShortcutList } from '../../entities/shortcut-list.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { AboutSection } from '../settings/about-section.tsx'
import { Reader } from './guide/reader.tsx'
import './help.css'
import { LicencesSection } from './licences-section.tsx'

const SECTIONS = {
  guide: (
    <section className="c-card c-guide" aria-label="Guide">
      <Reader start="guide" level={2} />
    </section>
  ),
  shortcuts: (
    <>
      <h2 className="c-visually-hidden">Shortcuts</h2>
      <ShortcutList />
    </>
  ),
  licences: <LicencesSection />,
  about: <AboutSection />,
} as const

/** The guide, the shortcuts, the licences, and the version. */
export function Page(): ReactElement {
  const [{ section = 'guide' }] = useSearchState('/help')
  return (
    <PageFrame title="Help" fill={section === 'guide'} tabs={<AreaTabs label="Help" />}>
      <div className={section === 'shortcuts' ? 'c-help-panel c-help-shortcuts' : 'c-help-panel'}>
        {SECTIONS[section]}
      </div>
    </PageFrame>
  )
}
