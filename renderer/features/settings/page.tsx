import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { PageFrame } from '../../ui/page.tsx'
import { AboutSection } from './about-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { PolicySection } from './policy-section.tsx'
import { SafetySection } from './safety-section.tsx'
import './settings.css'

const route = getRouteApi('/settings')

const SECTIONS = [
  { value: 'general', label: 'General' },
  { value: 'policy', label: 'Policy' },
  { value: 'recovery', label: 'Recovery and integrity' },
  { value: 'about', label: 'About' },
] as const

type Section = (typeof SECTIONS)[number]['value']

/** Operator, colours, policy, recovery code, integrity, version. */
export function Page(): ReactElement {
  const { section = 'general' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame title="Settings">
      <Tabs
        value={section}
        keepMounted={false}
        onChange={(value) =>
          void navigate({ search: { section: value === 'general' ? undefined : (value as Section) } })
        }
      >
        <Tabs.List aria-label="Settings">
          {SECTIONS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="general" className="c-settings">
          <GeneralSection />
        </Tabs.Panel>
        <Tabs.Panel value="policy" className="c-settings">
          <PolicySection />
        </Tabs.Panel>
        <Tabs.Panel value="recovery" className="c-settings">
          <SafetySection />
        </Tabs.Panel>
        <Tabs.Panel value="about" className="c-settings">
          <AboutSection />
        </Tabs.Panel>
      </Tabs>
    </PageFrame>
  )
}
