import { Kbd, Modal } from '@mantine/core'
import type { ReactElement } from 'react'

import { AREA_LINKS } from './areas.ts'
import { MOD } from './keys.ts'

interface ShortcutHelpProps {
  readonly opened: boolean
  readonly close: () => void
}

const GENERAL: readonly (readonly [keys: readonly string[], what: string])[] = [
  [[MOD, 'K'], 'Search, go somewhere, or do something'],
  [[MOD, '1 … 9'], 'Lock the scope to the nth client'],
  [[MOD, '0'], 'All clients'],
  [[MOD, 'Shift', 'L'], 'Lock Castellan'],
  [['Esc'], 'Close the panel or dialog'],
  [['?'], 'This list'],
]

/** The shortcuts of the window. */
export function ShortcutHelp({ opened, close }: ShortcutHelpProps): ReactElement {
  return (
    <Modal opened={opened} onClose={close} title="Shortcuts" size={620}>
      <div className="c-shortcuts">
        <section>
          <h3>Everywhere</h3>
          <dl>
            {GENERAL.map(([keys, what]) => (
              <Shortcut key={what} keys={keys} what={what} />
            ))}
          </dl>
        </section>
        <section>
          <h3>Go to</h3>
          <dl>
            {AREA_LINKS.map((area) => (
              <Shortcut key={area.path} keys={['g', area.letter]} what={area.label} />
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  )
}

function Shortcut({ keys, what }: { readonly keys: readonly string[]; readonly what: string }): ReactElement {
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
