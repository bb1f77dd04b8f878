import { SegmentedControl, Tabs } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

import { PageFrame } from './page.tsx'

interface TabsPageProps<Value extends string> {
  readonly title: string
  readonly value: Value | undefined
  /** The first is shown by default. */
  readonly tabs: readonly [Tab<Value>, ...(readonly Tab<Value>[])]
  readonly choose: (value: Value | undefined) => void
  readonly panelClass: string
}

interface Tab<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly panel: ReactNode
  readonly panelClass?: string
}

/** A page of tabs. */
export function TabsPage<Value extends string>(props: TabsPageProps<Value>): ReactElement {
  const { title, tabs, value = tabs[0].value, choose, panelClass } = props
  return (
    <PageFrame title={title}>
      <Tabs
        value={value}
        keepMounted={false}
        onChange={(next) => choose(tabs.slice(1).find((tab) => tab.value === next)?.value)}
      >
        <Tabs.List aria-label={title}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.value} value={tab.value}>
              {tab.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Panel key={tab.value} value={tab.value} className={tab.panelClass ?? panelClass}>
            {tab.panel}
          </Tabs.Panel>
        ))}
      </Tabs>
    </PageFrame>
  )
}

interface ViewChoiceProps<Value extends string> {
  readonly value: Value
  readonly labels: Readonly<Record<Value, string>>
  /** The view that is shown by default. */
  readonly usual: Value
  readonly choose: (value: Value | undefined) => void
}

/** Which view of a page is shown. */
export function ViewChoice<Value extends string>({
  value,
  labels,
  usual,
  choose,
}: ViewChoiceProps<Value>): ReactElement {
  const values = Object.keys(labels) as Value[]
  return (
    <SegmentedControl
      aria-label="Show"
      value={value}
      data={values.map((each) => ({ value: each, label: labels[each] }))}
      onChange={(next) => choose(next === usual ? undefined : next)}
    />
  )
}
