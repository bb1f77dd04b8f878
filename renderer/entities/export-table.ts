import { useCallback } from 'react'

import { toLocalDay } from '../../shared/domain/day.ts'
import { api } from '../data/api.ts'
import { useScope } from '../data/scope.ts'
import { useInfo } from '../data/use-info.ts'
import type { ExportTable, ExportedTable } from '../ui/table/export.ts'

interface TableFacts extends Pick<ExportedTable, 'title' | 'format'> {
  /** Slug of the client in scope; undefined: all. */
  readonly client: string | undefined
  readonly sample: boolean
  /** In milliseconds. */
  readonly now: number
}

/** `keys-acme-corp-2026-11-24.csv`, with SAMPLE in front for the sample agency. */
export function tableName({ title, format, client, sample, now }: TableFacts): string {
  const list =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .replaceAll(/^-|-$/gu, '') || 'list'
  return `${sample ? 'SAMPLE-' : ''}${list}-${client ?? 'all-clients'}-${toLocalDay(now)}.${format}`
}

/** How a list is exported: the service writes it to the place that a person chooses in the dialog of the system. */
export function useExportTable(): ExportTable {
  const { client } = useScope()
  const sample = useInfo()?.sample === true
  return useCallback(
    async (table) => {
      const { title, format } = table
      const suggestedName = tableName({ title, format, client, sample, now: Date.now() })
      const target = await api.desktop.saveTarget({ suggestedName, extension: format })
      if (target.outcome === 'cancelled') return null
      return (await api.files.exportTable({ ...table, client, path: { handle: target.handle } })).path
    },
    [client, sample],
  )
}
