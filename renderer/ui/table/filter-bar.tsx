import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactElement, type ReactNode, type RefObject } from 'react'

import { isTyping } from '../keys.ts'
import { areSingleKeysOff } from '../single-keys.ts'
import classes from './filters.module.css'

interface FilterBarProps {
  /** Left out: the list has no search. */
  readonly search?: {
    readonly label: string
    readonly value: string
    readonly onChange: (text: string) => void
  }
  /** True if any filter is set. */
  readonly filtered: boolean
  readonly onClear: () => void
  /** The chips. */
  readonly children?: ReactNode
}

/** The filters of a list: a search text, and a chip for each property. */
export function FilterBar({ search, filtered, onClear, children }: FilterBarProps): ReactElement {
  return (
    <search className={classes['bar-line']}>
      {search === undefined ? null : <SearchField key={search.label} {...search} />}
      {children}
      {filtered ? (
        <Button variant="subtle" size="compact-xs" onClick={onClear}>
          Clear filters
        </Button>
      ) : null}
    </search>
  )
}

/** Long enough for the next letter, short enough to go unnoticed. */
const DEBOUNCE_MS = 180

/** A search field that reports its text once the typing pauses. */
function SearchField(props: NonNullable<FilterBarProps['search']>): ReactElement {
  const { label, value, onChange } = props
  const [typed, setTyped] = useState({ text: value, seen: value, reported: value })
  const timer = useRef(0)
  const field = useRef<HTMLInputElement>(null)
  useSlashFocuses(field)
  if (value !== typed.seen) {
    // A reported text comes back as a prop, perhaps after more was typed. Any other text comes from outside and
    // replaces the field's.
    setTyped({ ...typed, seen: value, text: value === typed.reported ? typed.text : value })
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const tell = (text: string): void => {
    clearTimeout(timer.current)
    const reported = text.trim()
    if (reported === value) return
    setTyped((now) => ({ ...now, reported }))
    onChange(reported)
  }
  return (
    <TextInput
      ref={field}
      type="search"
      className={classes['search']}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed.text}
      maxLength={200}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped((now) => ({ ...now, text: next }))
        clearTimeout(timer.current)
        timer.current = window.setTimeout(() => tell(next), DEBOUNCE_MS)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell(typed.text)
      }}
    />
  )
}

/** `/` moves the focus to the search, unless a text is being typed or a dialog has the keyboard. */
function useSlashFocuses(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (areSingleKeysOff() || isTyping(event) || document.querySelector('[aria-modal="true"]') !== null) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [field])
}
