import { Kbd } from '@mantine/core'
import type { ReactElement } from 'react'

import { useAreaLinks } from '../data/areas.ts'
import { MOD } from '../data/keys.ts'
import { useInfo } from '../data/use-info.ts'

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
  { keys: [MOD, 'Shift', 'L'], what: 'Lock Castellan' },
  { keys: ['Esc'], what: 'Close the panel or dialog' },
  { keys: ['?'], what: 'This list' },
]

/** All shortcuts of the window. */
export function ShortcutList(): ReactElement {
  const areas = useAreaLinks()
  const inElectron = useInfo()?.shell === 'electron'
  return (
    <div className="c-shortcuts">
      <section>
        <h3>Everywhere</h3>
        <dl>
          {GENERAL.filter(({ onlyInElectron }) => inElectron || onlyInElectron !== true).map((shortcut) => (
            <Shortcut key={shortcut.what} {...shortcut} />
          ))}
        </dl>
      </section>
      <section>
        <h3>Go to</h3>
        <dl>
          {areas.map((area) => (
            <Shortcut key={area.path} keys={['g', area.letter]} what={area.label} />
          ))}
        </dl>
      </section>
    </div>
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
