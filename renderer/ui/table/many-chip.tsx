import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import { wholeNumber } from '../relative.ts'
import { visibleText } from '../text.ts'
import { ChipText, RemoveFilter, SEARCH_FROM, type Choice } from './filter-chip.tsx'
import classes from './filters.module.css'

interface ManyChipProps<Value extends string> {
  /** The name of the property: `Status`. */
  readonly label: string
  readonly value: readonly Value[] | undefined
  readonly choices: readonly Choice<Value>[]
  readonly onChange: (value: readonly Value[] | undefined) => void
  /** The number of rows of each value; left out: not counted, or not yet. */
  readonly counts?: ReadonlyMap<string, number> | undefined
  /** The reading of the choices; left out where they are known. */
  readonly reading?: Reading | undefined
  /** Called when the menu opens, for what only it needs. */
  readonly onOpen?: (() => void) | undefined
}

/** From this many chosen values on, the chip has their number instead of their names. */
const NAMES = 3

/** A filter by any of several values of one property: a button that opens them with their numbers. */
export function ManyChip<Value extends string>(props: ManyChipProps<Value>): ReactElement {
  const { label, value = [], choices, onChange, counts, reading, onOpen } = props
  const [text, setText] = useState('')
  const names = value.map((each) => visibleText(choices.find((choice) => choice.value === each)?.label ?? each))
  const found = choices.filter((choice) => choice.label.toLowerCase().includes(text.trim().toLowerCase()))
  return (
    <span className={classes['chip']} data-on={value.length === 0 ? undefined : ''}>
      <Menu
        position="bottom-start"
        shadow="sm"
        withInitialFocusPlaceholder={false}
        withinPortal={false}
        closeOnItemClick={false}
        onOpen={() => {
          setText('')
          onOpen?.()
        }}
      >
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            className={classes['chip-button']}
            rightSection={<IconChevronDown size={12} aria-hidden />}
          >
            <ChipText label={label}>
              {names.length === 0
                ? null
                : names.length < NAMES
                  ? names.join(', ')
                  : `${names[0] ?? ''} + ${wholeNumber(names.length - 1)}`}
            </ChipText>
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} className={classes['chip-menu']}>
          {choices.length < SEARCH_FROM ? null : (
            <Menu.Search
              placeholder="Search"
              aria-label={`Search ${label}`}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          <Menu.CheckboxGroup
            value={[...value]}
            onChange={(next) => onChange(next.length === 0 ? undefined : (next as Value[]))}
          >
            {found.map((choice) => (
              <Menu.CheckboxItem key={choice.value} value={choice.value}>
                <span className={classes['choice']}>
                  <bdi>{visibleText(choice.label)}</bdi>
                  {counts === undefined ? null : (
                    <span className={classes['choice-count']}>{wholeNumber(counts.get(choice.value) ?? 0)}</span>
                  )}
                </span>
              </Menu.CheckboxItem>
            ))}
          </Menu.CheckboxGroup>
          {found.length === 0 ? (
            <Menu.Label>{whyNothing(choices.length === 0 ? reading : undefined, text)}</Menu.Label>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {value.length === 0 ? null : <RemoveFilter label={label} onRemove={() => onChange(undefined)} />}
    </span>
  )
}

/** How far the choices of a menu are read. */
interface Reading {
  readonly isPending: boolean
  readonly isError: boolean
}

/** Why a menu has no choice: they could not be read, are being read, none contains what was typed, or there is none. */
export function whyNothing(reading: Reading | undefined, typed: string): string {
  if (reading?.isError === true) return 'The choices could not be read. Close this and open it again.'
  if (reading?.isPending === true) return 'Reading…'
  return typed.trim() === '' ? 'Nothing to choose' : 'No choice has this text'
}
