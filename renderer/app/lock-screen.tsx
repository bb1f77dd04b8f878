import { Spotlight } from '@mantine/spotlight'
import { IconKey, IconLockOpen, IconSearch } from '@tabler/icons-react'
import { useRef, useState, type ReactElement } from 'react'

import { useInfo } from '../data/use-info.ts'
import { describeUnlocker } from '../entities/secret-place.ts'
import { Locked } from '../features/first-run/locked.tsx'
import { useUnlock } from '../features/first-run/use-unlock.ts'
import { ChosenAction } from './chosen-action.ts'
import { useEarlyKeys } from './early-keys.ts'
import { FirstChoice } from './first-choice.tsx'
import { COMBOBOX, EntryGroups, LIST_ID, LISTBOX, PALETTE } from './palette-list.tsx'
import { matchingEntries, type Entry } from './palette-entries.ts'

type UnlockAct = 'key' | 'code'

const listEntries = (byKey: string): readonly Entry<UnlockAct>[] => [
  {
    id: 'unlock:key',
    group: 'Actions',
    label: byKey,
    detail: 'Open the register again',
    words: 'key password',
    icon: IconLockOpen,
    colour: null,
    shortcut: null,
    act: 'key',
  },
  {
    id: 'unlock:code',
    group: 'Actions',
    label: 'Unlock with the recovery code',
    detail: 'Works without a keychain',
    words: 'backup',
    icon: IconKey,
    colour: null,
    shortcut: null,
    act: 'code',
  },
]

/** The window while it is locked: two ways to unlock it, by button and by palette. */
export function LockScreen({ go }: { readonly go: (to: string) => void }): ReactElement {
  const unlocking = useUnlock(go)
  const [byCode, setByCode] = useState(false)
  const choose = (byCode: boolean): void => {
    unlocking.reset()
    setByCode(byCode)
  }
  const act = (act: UnlockAct): void => {
    choose(act === 'code')
    if (act === 'key') unlocking.unlock()
  }
  return (
    <>
      <Locked unlocking={unlocking} byCode={byCode} setByCode={choose} />
      <LockPalette act={act} />
    </>
  )
}

function LockPalette({ act }: { readonly act: (act: UnlockAct) => void }): ReactElement {
  const [typed, setTyped] = useState('')
  const byKey = describeUnlocker(useInfo()?.keychain).action
  const { byLabel, others } = matchingEntries(listEntries(byKey), typed)
  const entries = [...byLabel, ...others]
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEarlyKeys(input, setTyped)
  const isEmpty = entries.length === 0
  return (
    <Spotlight.Root {...PALETTE} query={typed} onQueryChange={setTyped} title="Unlock">
      <Spotlight.Search
        ref={input}
        placeholder="Unlock…"
        aria-label="Unlock"
        {...COMBOBOX}
        aria-expanded={!isEmpty}
        leftSection={<IconSearch size={17} aria-hidden />}
      />
      <Spotlight.ActionsList ref={list} id={LIST_ID} {...(isEmpty ? {} : LISTBOX)}>
        <EntryGroups entries={entries} act={act} />
        {isEmpty ? <Spotlight.Empty>While Castellan is locked, it can only be unlocked</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
      <ChosenAction list={list} input={input} />
      {typed === '' ? null : <FirstChoice key={typed} list={list} input={input} />}
    </Spotlight.Root>
  )
}
