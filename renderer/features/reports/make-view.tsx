import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconDownload, IconReportMoney } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { WriteTarget } from '../../../shared/contract/common.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import { SOURCE_LABELS, USAGE_SOURCES } from '../../../shared/domain/usage/source.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useInfo } from '../../data/use-info.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { SaveResult } from '../../entities/save-result.tsx'
import { ScopeFact } from '../../entities/scope-fact.tsx'
import { useSave } from '../../entities/use-save.ts'
import { Preview } from './preview.tsx'
import type { ReportsSearch } from './search.ts'
import { FORMATS, KINDS, periodWord, reportName } from './labels.ts'
import layout from '../../entities/form-and-preview.module.css'
import { useSearchState } from '../../data/use-search-state.ts'

const SOURCES = USAGE_SOURCES.map((value) => ({ value, label: SOURCE_LABELS[value] }))

type What = Omit<Inputs['reports']['export'], 'path' | 'force'>

const writeReport = (what: What, path: WriteTarget) => api.reports.export({ ...what, path })

/** Creates a report: choose, preview, save. */
export function MakeView(): ReactElement {
  const [search, change] = useSearchState('/usage/reports', 'replace')
  const { kind = 'monthly', format = 'md', source = 'billed', period: chosen } = search
  const { client } = useScope()
  const info = useInfo()
  const save = useSave(writeReport)
  const periods = useQuery(query.reports.periods.queryOptions({ input: { client, kind } }))
  const set = (next: ReportsSearch): void => {
    save.reset()
    change(next)
  }
  const known = periods.data ?? []
  // The chosen period does not apply to another kind of report.
  const isOfKind = chosen !== undefined && chosen.includes('W') === (kind === 'weekly')
  const period = isOfKind ? chosen : (known.find(({ over }) => over) ?? known[0])?.period
  const needsClient = kind === 'invoice' && client === undefined
  const what: What | null = period === undefined || needsClient ? null : { client, kind, period, format, source }
  return (
    <div className={layout['both']}>
      <section className={`c-card ${layout['form']}`} aria-label="What to report">
        <SegmentedControl
          aria-label="Report"
          fullWidth
          value={kind}
          data={KINDS.map(({ value, label }) => ({ value, label }))}
          onChange={(value) => set({ kind: KINDS.find((each) => each.value === value)?.value, period: undefined })}
        />
        <p className="c-help">{KINDS.find(({ value }) => value === kind)?.about}</p>
        <ScopeFact />
        <Select
          label={kind === 'weekly' ? 'Week' : 'Month'}
          placeholder="Nothing is recorded"
          searchable
          allowDeselect={false}
          value={period ?? null}
          data={periodChoices(known, period)}
          onChange={(value) => set({ period: value ?? undefined })}
        />
        <Select
          label="Source"
          allowDeselect={false}
          value={source}
          data={SOURCES}
          onChange={(value) => set({ source: USAGE_SOURCES.find((each) => each === value) })}
        />
        <Select
          label="Format"
          description={FORMATS.find(({ value }) => value === format)?.about}
          allowDeselect={false}
          value={format}
          data={FORMATS.map(({ value, label }) => ({ value, label }))}
          onChange={(value) => set({ format: FORMATS.find((each) => each.value === value)?.value })}
        />
        <Button
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={save.busy}
          disabled={what === null}
          onClick={() => {
            if (what !== null) void save.ask(what, reportName({ ...what, client, sample: info?.sample === true }))
          }}
        >
          Save…
        </Button>
        <SaveResult save={save} />
      </section>
      <Answer of={periods} what="the periods" rows={12}>
        {() =>
          what === null ? (
            <section className="c-card">
              {needsClient ? (
                <Empty icon={IconReportMoney} title="Choose one client to create an invoice">
                  Select the client at the top left.
                </Empty>
              ) : (
                <Empty icon={IconReportMoney} title="No usage yet">
                  Sync usage from the providers, or import the records of your own programs, under Usage.
                </Empty>
              )}
            </section>
          ) : (
            <Preview what={what} />
          )
        }
      </Answer>
    </div>
  )
}

interface PeriodReading {
  readonly period: string
  readonly days: string
  readonly over: boolean
}

/** All periods with usage, and the chosen one even without usage. */
function periodChoices(
  known: readonly PeriodReading[],
  period: string | undefined,
): { value: string; label: string }[] {
  const choices = known.map(({ period: value, days, over }) => ({
    value,
    label: value.includes('W')
      ? `${value} (${days}${over ? '' : ', so far'})`
      : `${periodWord(value)}${over ? '' : ', so far'}`,
  }))
  if (period === undefined || known.some((each) => each.period === period)) return choices
  return [{ value: period, label: periodWord(period) }, ...choices]
}
