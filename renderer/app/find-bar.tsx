import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'

import { wholeNumber } from '../ui/relative.ts'
import './find-bar.css'
import { MOST_MATCHES } from './find-matches.ts'
import { findFilter, getContent, useFound } from './use-found.ts'
import { useInfo } from '../data/use-info.ts'

/** Ctrl/Cmd+F searches the text of the page. A browser window has its own search. */
export function FindInPage(): ReactElement | null {
  return useInfo()?.shell === 'electron' ? <FindOnKey /> : null
}

function FindOnKey(): ReactElement | null {
  const [opened, bar] = useDisclosure(false)
  /** The element that had the focus before; it gets the focus again. */
  const before = useRef<Element | null>(null)
  const open = (): void => {
    // A dialog keeps the keyboard.
    if (document.querySelector('[aria-modal="true"]') !== null) return
    const field = document.querySelector<HTMLInputElement>('#find-in-page')
    if (field === null) before.current = document.activeElement
    field?.select()
    bar.open()
  }
  const openUnlessOpened = (): void => {
    if (!opened) open()
  }
  useHotkeys(
    [['mod+F', open], ...NEXT.concat(PREVIOUS).map((keys): [string, () => void] => [keys, openUnlessOpened])],
    [],
    true,
  )
  const close = (): void => {
    bar.close()
    const back = before.current
    if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus()
    else getContent()?.focus()
  }
  return opened ? <FindBar close={close} /> : null
}

const NEXT = ['F3', 'mod+G']
const PREVIOUS = ['shift+F3', 'mod+shift+G']

function FindBar({ close }: { readonly close: () => void }): ReactElement {
  const [wanted, setWanted] = useState('')
  const { at, count, hasFilter, move } = useFound(wanted)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  useHotkeys(
    [
      ...NEXT.map((keys): [string, () => void] => [keys, () => move(1)]),
      ...PREVIOUS.map((keys): [string, () => void] => [keys, () => move(-1)]),
    ],
    [],
    true,
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape works everywhere in the bar
    <search className="c-find" aria-label="Find in page" onKeyDown={onKeyDown}>
      <TextInput
        id="find-in-page"
        ref={field}
        className="c-find-field"
        aria-label="Find in page"
        placeholder="Find in page"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={wanted}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') move(event.shiftKey ? -1 : 1)
        }}
      />
      <output className="c-tabular">{countText(wanted, at, count)}</output>
      <ActionIcon variant="default" aria-label="Show previous match" disabled={count === 0} onClick={() => move(-1)}>
        <IconChevronUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" aria-label="Show next match" disabled={count === 0} onClick={() => move(1)}>
        <IconChevronDown size={16} aria-hidden />
      </ActionIcon>
      {hasFilter ? (
        <>
          <span className="c-quiet c-cut">A long list shows the rows that are scrolled to.</span>
          <Button size="compact-xs" variant="default" onClick={() => findFilter()?.focus()}>
            Filter list
          </Button>
        </>
      ) : null}
      <CloseButton className="c-find-close" size="sm" aria-label="Close find bar" onClick={close} />
    </search>
  )
}

function countText(wanted: string, at: number, count: number): string {
  if (wanted.trim() === '') return ''
  if (count === 0) return 'No match'
  return `${wholeNumber(at + 1)} of ${wholeNumber(count)}${count === MOST_MATCHES ? ' or more' : ''}`
}
