import type { ReactElement } from 'react'

import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { wholeNumber } from '../../ui/relative.ts'
import classes from './changes.module.css'
import { KindMark } from './kind-mark.tsx'

interface KindChipsProps {
  readonly counts: Outputs['changes']['list']['counts']
  readonly kinds: readonly ChangeKind[] | undefined
  readonly onSwitch: (kind: ChangeKind) => void
}

/** How many changes there are of each kind; pressed ones are shown, none pressed shows all. */
export function KindChips({ counts, kinds, onSwitch }: KindChipsProps): ReactElement {
  const gone = (kinds ?? []).filter((kind) => !counts.some((each) => each.kind === kind))
  return (
    <fieldset className={classes['kinds']}>
      <legend className="c-visually-hidden">Kinds of change</legend>
      {[...counts, ...gone.map((kind) => ({ kind, count: 0 }))].map(({ kind, count }) => (
        <button
          key={kind}
          type="button"
          className={classes['kind']}
          aria-pressed={kinds?.includes(kind) ?? false}
          onClick={() => onSwitch(kind)}
        >
          <KindMark kind={kind} />
          <span className="c-number">{wholeNumber(count)}</span>
        </button>
      ))}
    </fieldset>
  )
}
