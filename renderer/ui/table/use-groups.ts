import { useState } from 'react'

import type { Group } from './row-layout.ts'

/** The groups of a list, open or collapsed. */
export function useGroups(groups: readonly Group[]): {
  readonly groups: readonly Group[]
  readonly toggleGroup: (id: string, collapsed?: boolean) => void
} {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  return {
    groups: collapsed.size === 0 ? groups : groups.map((group) => ({ ...group, collapsed: collapsed.has(group.id) })),
    toggleGroup: (id, to = !collapsed.has(id)) =>
      setCollapsed((now) => new Set(to ? [...now, id] : [...now].filter((each) => each !== id))),
  }
}
