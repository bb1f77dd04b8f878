import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { ShortcutList } from '../../entities/shortcut-list.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { AboutSection } from '../settings/about-section.tsx'
import { GuideSection } from './guide-section.tsx'
import './help.css'
import { LicencesSection } from './licences-section.tsx'
import { SECTIONS } from './search.ts'

const route = getRouteApi('/help')

type Section = (typeof SECTIONS)[number]

const LABELS: Readonly<Record<Section, string>> = {
  guide: 'Guide',
  shortcuts: 'Shortcuts',
  licences: 'Licences',
  about: 'About',
}

/** How the work is done, what the keyboard does, the licences, and which Castellan this is. */
export function Page(): ReactElement {
  const { section = 'guide' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame title="Help">
      <Tabs
        value={section}
        keepMounted={false}
        onChange={(value) =>
          void navigate({
            search: { section: value === 'guide' ? undefined : SECTIONS.find((each) => each === value) },
          })
        }
      >
        <Tabs.List aria-label="Help">
          {SECTIONS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {LABELS[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="guide" className="c-help-panel">
          <GuideSection />
        </Tabs.Panel>
        <Tabs.Panel value="shortcuts" className="c-help-panel c-help-shortcuts">
          <h2 className="c-visually-hidden">Shortcuts</h2>
          <ShortcutList />
        </Tabs.Panel>
        <Tabs.Panel value="licences" className="c-help-panel">
          <LicencesSection />
        </Tabs.Panel>
        <Tabs.Panel value="about" className="c-help-panel">
          <AboutSection />
        </Tabs.Panel>
      </Tabs>
    </PageFrame>
  )
}
