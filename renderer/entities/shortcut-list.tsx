import { Kbd, Switch } from '@mantine/core'
import type { ReactElement } from 'react'

import { ITEM_DECISIONS } from '../../shared/domain/reviews/review.ts'
import { useAreaLinks } from '../data/areas.ts'
import { MOD } from '../data/keys.ts'
import { useInfo } from '../data/use-info.ts'
import { setSingleKeysOff, useSingleKeysOff } from '../ui/single-keys.ts'
import { decisionWord } from './review-labels.ts'

interface ShortcutKeys {
  readonly keys: readonly string[]
  readonly what: string
  /** A browser has its own search. */
  readonly onlyInElectron?: true
}

const GENERAL: readonly ShortcutKeys[] = [
  { keys: [MOD, 'K'], what: 'Search, go to a page, or run an action' },
  { keys: [MOD, 'F'], what: 'Find in page; Filter list searches the whole list', onlyInElectron: true },
  { keys: [MOD, 'G'], what: 'Next match, also F3; with Shift the previous one', onlyInElectron: true },
  { keys: [MOD, '1 … 9'], what: 'Switch to client 1–9' },
  { keys: [MOD, '0'], what: 'All clients' },
  { keys: [MOD, '\\'], what: 'Collapse or expand the rail' },
  { keys: [MOD, 'Shift', 'L'], what: 'Lock Castellan' },
  { keys: ['F8'], what: 'Go to the newest message' },
  { keys: [MOD, 'Z'], what: 'Undo what the newest message offers to undo' },
  { keys: ['Esc'], what: 'Close the panel or dialog' },
  { keys: ['?'], what: 'Help for this page, or for the heading of a list that has the focus' },
]

const LISTS: readonly ShortcutKeys[] = [
  { keys: ['↑', '↓'], what: 'Move through the rows, also k and j; Home and End go to the ends' },
  { keys: ['/'], what: 'Search the list' },
  { keys: ['Enter'], what: 'Open the row' },
  { keys: ['Shift', 'F10'], what: 'Open the menu of the row, also by the Menu key or a right click' },
  { keys: ['Space'], what: 'Select the row; with Shift all rows up to it' },
  { keys: [MOD, 'A'], what: 'Select all rows' },
  { keys: [MOD, 'C'], what: 'Copy the selected rows' },
  { keys: ['←', '→'], what: 'Move along the tabs of a page, or open and close a branch of the tree' },
]

const REVIEWS: readonly ShortcutKeys[] = [
  ...ITEM_DECISIONS.map((decision) => {
    const { key, word } = decisionWord(decision)
    return { keys: [key], what: word }
  }),
  { keys: ['e'], what: 'Keep as an exception' },
  { keys: ['n'], what: 'Next item' },
  { keys: ['p'], what: 'Previous item' },
  { keys: [MOD, 'Enter'], what: 'Save the decision' },
]

/** All shortcuts of the window. */
export function ShortcutList(): ReactElement {
  const areas = useAreaLinks()
  const inElectron = useInfo()?.shell === 'electron'
  const isOff = useSingleKeysOff()
  return (
    <div className="c-shortcuts">
      <div>
        <Switch
          mb={14}
          label="Shortcuts of a single key"
          description="Such as g, ?, / and the decisions of a review. Keys of what has the focus stay."
          checked={!isOff}
          onChange={(event) => setSingleKeysOff(!event.currentTarget.checked)}
        />
        <ShortcutSection
          title="Everywhere"
          shortcuts={GENERAL.filter(({ onlyInElectron }) => inElectron || onlyInElectron !== true)}
        />
        <ShortcutSection title="Lists" shortcuts={LISTS} />
        <ShortcutSection title="Reviews" shortcuts={REVIEWS} />
      </div>
      <ShortcutSection
        title="Go to"
        shortcuts={areas.map(({ label, letter }) => ({ keys: ['g', letter], what: label }))}
      />
    </div>
  )
}

interface ShortcutSectionProps {
  readonly title: string
  readonly shortcuts: readonly ShortcutKeys[]
}

function ShortcutSection({ title, shortcuts }: ShortcutSectionProps): ReactElement {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map((shortcut) => (
          <Shortcut key={shortcut.what} {...shortcut} />
        ))}
      </dl>
    </section>
  )
}

function Shortcut({ keys, what }: ShortcutKeys): ReactElement {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <Kbd key={key} size="xs">
            {key}
          </Kbd>
        ))}
      </dt>
      <dd>{what}</dd>
    </div>
  )
}
