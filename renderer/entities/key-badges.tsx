import type { ReactElement } from 'react'

import type { KeyRow } from '../../shared/contract/keys.ts'
import { toLocalDay } from '../../shared/domain/day.ts'
import { holderWords } from '../../shared/domain/providers/key-holder.ts'
import { Named } from '../ui/named.tsx'
import { useNow } from '../ui/now.ts'
import { absoluteTime, formatDay, plural } from '../ui/relative.ts'
import { Status } from '../ui/status.tsx'
import { When } from '../ui/when.tsx'
import { rotationWord } from '../ui/words.ts'
import classes from './key-badges.module.css'
import { ageInDays, ageWords, lastUseText, shortDueWords } from './key-labels.ts'

export function RotationMark({
  rotation,
  plain = true,
}: {
  readonly rotation: KeyRow['rotation']
  readonly plain?: boolean
}): ReactElement {
  const { tone, word } = rotationWord(rotation.state)
  return (
    <Status tone={tone} plain={plain}>
      {word}
    </Status>
  )
}

/** When a key is due and how far away that is; an overdue one has a word for it. */
export function DueMark({ rotation }: { readonly rotation: KeyRow['rotation'] }): ReactElement {
  const { dueOn, daysLeft, state } = rotation
  if (dueOn === null || daysLeft === null) return <span className="c-quiet">No due date</span>
  return (
    <time dateTime={dueOn} className={classes['due']}>
      <span className={classes['due-distance']} data-tone={rotationWord(state).tone}>
        {shortDueWords(daysLeft)}
      </span>
      {` ${formatDay(dueOn)}`}
    </time>
  )
}

/** When a key was last used; "never" and "not reported" differ. */
export function LastUseMark({ use }: { readonly use: KeyRow['lastUse'] }): ReactElement {
  if (use.state === 'known') return <When at={use.at} />
  if (use.state === 'before') {
    return (
      <span title="Used on or before this day, on which the provider’s record of last uses begins">
        {lastUseText(use)}
      </span>
    )
  }
  return use.state === 'never' ? (
    <span title="The provider reports last uses, and none for this key">Never</span>
  ) : (
    <span className="c-quiet" title="The provider does not report when a key was used">
      Not reported
    </span>
  )
}

interface AgeMarkProps {
  readonly row: Pick<KeyRow, 'createdAt'>
  /** True if the word for days is written out. */
  readonly long?: boolean
}

/** A key's age in days; the instant of its creation on hover. */
export function AgeMark({ row, long = false }: AgeMarkProps): ReactElement {
  const days = ageInDays(row, toLocalDay(useNow()))
  if (row.createdAt === null || days === null) return <span className="c-quiet">Unknown</span>
  return (
    <time dateTime={new Date(row.createdAt).toISOString()} title={`Created ${absoluteTime(row.createdAt)}`}>
      {long ? plural(days, 'day') : ageWords(days)}
    </time>
  )
}

/** The owner of a key, and whether that person or account has been removed. */
export function OwnerMark({ row }: { readonly row: Pick<KeyRow, 'holder' | 'owner'> }): ReactElement {
  const { holder, owner } = row
  // The creator is shown in the panel, and here on hover: the column has no room for both.
  if (holder === 'workspace') return <span title={holderWords(row)}>Workspace</span>
  if (owner.state === 'none') {
    return (
      <Status tone="warn" plain title="The provider reports no owner for this key">
        No owner
      </Status>
    )
  }
  if (owner.state === 'unknown') {
    return (
      <span className="c-quiet" title="The provider does not report the owner of this key">
        Not reported
      </span>
    )
  }
  return (
    <span className={classes['owner']}>
      <Named text={owner.name ?? owner.email} otherwise="No name" />
      {owner.present === false ? (
        <Status tone="bad" plain title="The owner is no longer a member of this organization">
          Removed
        </Status>
      ) : null}
    </span>
  )
}
