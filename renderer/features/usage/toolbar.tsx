import { ActionIcon, CloseButton, Group, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconReportMoney } from '@tabler/icons-react'
import { memo, type ReactElement } from 'react'

import type { UsageSource } from '../../../shared/contract/usage.ts'
import { formatMonth } from '../../../shared/domain/text/dates.ts'
import { SOURCE_LABELS, USAGE_SOURCES } from '../../../shared/domain/usage/source.ts'
import { MonthSelect } from '../../entities/month-select.tsx'
import { bucketWord, byWord } from '../../entities/usage-labels.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { rowsOptions, type MonthQuestion } from './questions.ts'
import { CLOSED, UNFILTERED, type UsageSearch } from './search.ts'
import styles from './usage.module.css'

interface ToolbarProps extends MonthQuestion {
  readonly search: UsageSearch
  /** Months with usage of the source, latest first. */
  readonly months: readonly string[]
  readonly set: (change: UsageSearch) => void
}

const SOURCES = USAGE_SOURCES.map((value) => ({ value, label: SOURCE_LABELS[value] }))

/** The month, its source, the filter, and the way to the month's report. */
export const Toolbar = memo(function Toolbar({ search, months, set, ...asked }: ToolbarProps): ReactElement {
  const { month, source } = asked
  const at = months.indexOf(month)
  const [earlier, later] = [months[at + 1], at > 0 ? months[at - 1] : undefined]
  const go = (to: string | undefined): void => {
    if (to !== undefined) set({ ...CLOSED, month: to })
  }
  return (
    <Group gap={8}>
      <ActionIcon
        variant="default"
        aria-label={earlier === undefined ? 'No earlier month' : `Show ${formatMonth(earlier)}`}
        disabled={earlier === undefined}
        onClick={() => go(earlier)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <MonthSelect month={month} months={months} onChange={go} />
      <ActionIcon
        variant="default"
        aria-label={later === undefined ? 'No later month' : `Show ${formatMonth(later)}`}
        disabled={later === undefined}
        onClick={() => go(later)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
      <SegmentedControl
        aria-label="Source"
        data={SOURCES}
        value={source}
        onChange={(value) => set({ ...CLOSED, source: USAGE_SOURCES.find((each) => each === value) })}
      />
      {search.only === undefined || search.onlyOf === undefined ? null : (
        <Filter search={search} set={set} {...asked} />
      )}
      <ButtonLink
        to="/usage/reports"
        search={{ kind: 'monthly', period: month, source: toShown(source) }}
        variant="default"
        ml="auto"
        leftSection={<IconReportMoney size={14} aria-hidden />}
      >
        {`Report for ${formatMonth(month)}`}
      </ButtonLink>
    </Group>
  )
})

/** The source in an address; the usual one is left out. */
function toShown(source: UsageSource): UsageSource | undefined {
  return source === 'billed' ? undefined : source
}

/** The one row that is shown, by its name, and a button that shows all again. */
function Filter({ search, set, ...asked }: Omit<ToolbarProps, 'months'>): ReactElement {
  const { onlyOf = 'project' } = search
  const found = useQuery(rowsOptions(asked, search))
  const name = found.data?.rows[0]?.name ?? bucketWord(onlyOf)
  return (
    <span className={styles['filter']}>
      {`${byWord(onlyOf)}: `}
      <bdi>{visibleText(name)}</bdi>
      <CloseButton
        size="xs"
        aria-label={`Show all, not only ${visibleText(name)}`}
        onClick={() => set({ ...CLOSED, ...UNFILTERED })}
      />
    </span>
  )
}
