import { describe, expect, it } from 'vitest'

import { AREA_ENTRIES } from '../../../renderer/app/areas.ts'
import { makeTabs } from '../../../renderer/data/area-tabs.ts'

function getCurrent(path: string, search: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return makeTabs(AREA_ENTRIES, path, search)
    .filter(({ current }) => current)
    .map(({ label }) => label)
}

describe('the tabs of an area', () => {
  it('contain those of all areas with the same parent', () => {
    const tabs = makeTabs(AREA_ENTRIES, '/usage/budgets', {})
    expect(tabs.map(({ to }) => to)).toContain('/usage')
    expect(tabs.map(({ label }) => label)).toEqual(makeTabs(AREA_ENTRIES, '/usage', {}).map(({ label }) => label))
  })

  it('one is current by the search params, whatever else filters the page', () => {
    expect(getCurrent('/findings', { severity: 'high' })).toEqual(['By rule'])
    expect(getCurrent('/findings', { view: 'all', severity: 'high' })).toEqual(['All'])
    expect(getCurrent('/usage/budgets', { view: 'rates' })).toEqual(['Rate limits'])
  })

  it('the first is current when the address names the default view or an unknown one', () => {
    expect(getCurrent('/settings', { section: 'general' })).toEqual(['General'])
    expect(getCurrent('/settings', { section: 'elsewhere' })).toEqual(['General'])
  })

  it('another tab of the same area keeps the filters that the area names', () => {
    const tab = makeTabs(AREA_ENTRIES, '/findings', {}).find(({ label }) => label === 'All')
    const search = tab?.search as (now: object) => object
    expect(search({ severity: 'high', finding: 4, view: 'client' })).toEqual({ severity: 'high', view: 'all' })
  })

  it('the parent of an area has a place in the rail', () => {
    const inRail = AREA_ENTRIES.filter(({ rail }) => rail !== null).map(({ path }) => path)
    expect(inRail).toEqual(expect.arrayContaining(AREA_ENTRIES.flatMap(({ parent }) => parent ?? [])))
  })

  it('no two tabs of a family have the same label', () => {
    for (const { path } of AREA_ENTRIES) {
      const labels = makeTabs(AREA_ENTRIES, path, {}).map(({ label }) => label)
      expect(new Set(labels).size).toBe(labels.length)
    }
  })
})
