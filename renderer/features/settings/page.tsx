import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { TabsPage } from '../../ui/views.tsx'
import { AboutSection } from './about-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { PolicySection } from './policy-section.tsx'
import { SafetySection } from './safety-section.tsx'
import './settings.css'

/** Operator, colours, policy, recovery code, integrity, version. */
export function Page(): ReactElement {
  const [{ section }, set] = useSearchState('/settings')
  return (
    <TabsPage
      title="Settings"
      value={section}
      choose={(next) => set({ section: next })}
      panelClass="c-settings"
      tabs={[
        { value: 'general', label: 'General', panel: <GeneralSection /> },
        { value: 'policy', label: 'Policy', panel: <PolicySection /> },
        { value: 'recovery', label: 'Recovery and integrity', panel: <SafetySection /> },
        { value: 'about', label: 'About', panel: <AboutSection /> },
      ]}
    />
  )
}
