import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { AboutSection } from './about-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { PolicySection } from './policy-section.tsx'
import { SafetySection } from './safety-section.tsx'
import './settings.css'

const SECTIONS = {
  general: <GeneralSection />,
  policy: <PolicySection />,
  recovery: <SafetySection />,
  about: <AboutSection />,
} as const

/** Operator, colours, policy, recovery code, integrity, version. */
export function Page(): ReactElement {
  const [{ section = 'general' }] = useSearchState('/settings')
  return (
    <PageFrame title="Settings" tabs={<AreaTabs label="Settings" />}>
      <div className="c-settings">{SECTIONS[section]}</div>
    </PageFrame>
  )
}
