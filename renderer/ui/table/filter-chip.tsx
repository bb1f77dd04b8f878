import { Button, CloseButton, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'

import { visibleText } from '../text.ts'
import classes from './filters.module.css'

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface FilterChipProps<Value extends string> {
  /** The name of the property: `Status`. */
  readonly label: string
  readonly value: Value | undefined
  readonly choices: readonly Choice<Value>[]
  readonly onChange: (value: Value | undefined) => void
}

/** From this many choices on, the menu can be searched. */
export const SEARCH_FROM = 10

/** A filter by one property: a button that opens its values, and removes the filter once one is chosen. */
export function FilterChip<Value extends string>(props: FilterChipProps<Value>): ReactElement {
  const { label, value, choices, onChange } = props
  const chosen = choices.find((choice) => choice.value === value)
  const clear = (): void => onChange(undefined)
  return (
    <span className={classes['chip']} data-on={value === undefined ? undefined : ''}>
      <Menu position="bottom-start" shadow="sm" withInitialFocusPlaceholder={false} withinPortal={false}>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            className={classes['chip-button']}
            rightSection={<IconChevronDown size={12} aria-hidden />}
          >
            <ChipText label={label}>{value === undefined ? null : visibleText(chosen?.label ?? value)}</ChipText>
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={340} className={classes['chip-menu']}>
          {choices.length >= SEARCH_FROM ? <Menu.Search placeholder="Search" aria-label={`Search ${label}`} /> : null}
          <Menu.RadioGroup value={value ?? ''} onChange={(next) => onChange(next === '' ? undefined : (next as Value))}>
            <Menu.RadioItem value="" closeMenuOnClick>
              Any
            </Menu.RadioItem>
            {choices.map((choice) => (
              <Menu.RadioItem key={choice.value} value={choice.value} closeMenuOnClick>
                <bdi>{visibleText(choice.label)}</bdi>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      {value === undefined ? null : <RemoveFilter label={label} onRemove={clear} />}
    </span>
  )
}

interface FixedChipProps {
  readonly label: string
  /** The name of the filter's value; null while it is being read. */
  readonly children: ReactNode
  readonly onRemove: () => void
}

/** A filter that came with a link, such as one project: it can only be removed. */
export function FixedChip({ label, children, onRemove }: FixedChipProps): ReactElement {
  return (
    <span className={classes['chip']} data-on="">
      <span className={classes['chip-fixed']}>
        <ChipText label={label}>{children}</ChipText>
      </span>
      <RemoveFilter label={label} onRemove={onRemove} />
    </span>
  )
}

/** The text of a chip: its property and, in bold, what is chosen. */
export function ChipText({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <span className={`c-cut ${classes['chip-label']}`}>
      {label}
      {children === null ? null : (
        <>
          {': '}
          <strong>
            <bdi>{children}</bdi>
          </strong>
        </>
      )}
    </span>
  )
}

export function RemoveFilter({
  label,
  onRemove,
}: {
  readonly label: string
  readonly onRemove: () => void
}): ReactElement {
  return <CloseButton size="xs" aria-label={`Remove the filter ${label}`} onClick={onRemove} />
}

interface FlagChipProps {
  readonly label: string
  readonly value: boolean | undefined
  readonly yes: string
  readonly no: string
  readonly onChange: (value: boolean | undefined) => void
}

/** A filter by a yes-or-no property. */
export function FlagChip({ label, value, yes, no, onChange }: FlagChipProps): ReactElement {
  return (
    <FilterChip
      label={label}
      value={value === undefined ? undefined : value ? 'yes' : 'no'}
      choices={[
        { value: 'yes', label: yes },
        { value: 'no', label: no },
      ]}
      onChange={(next) => onChange(next === undefined ? undefined : next === 'yes')}
    />
  )
}
