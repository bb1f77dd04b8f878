import type { ReactElement } from 'react'

import { isPrivileged, roleLabel, type Level } from '../../shared/domain/role.ts'
import { Named } from '../ui/named.tsx'
import { Status, STATUS_ICONS } from '../ui/status.tsx'
import { levelWord } from './access-labels.ts'

interface LevelMarkProps {
  readonly level: Level
  readonly plain?: boolean
}

/** A level; privileged ones carry a shield. */
export function LevelMark({ level, plain = true }: LevelMarkProps): ReactElement {
  if (isPrivileged(level)) {
    return (
      <Status tone="info" icon={STATUS_ICONS.privileged} plain={plain} title="Privileged: can grant and remove access">
        {levelWord(level)}
      </Status>
    )
  }
  return plain ? <span>{levelWord(level)}</span> : <Status tone="quiet">{levelWord(level)}</Status>
}

/** A role as the provider names it, and its level when that is another word. */
export function RoleMark({ raw, level }: { readonly raw: string; readonly level: Level }): ReactElement {
  const label = roleLabel(raw)
  return (
    <>
      {label.toLowerCase() === levelWord(level).toLowerCase() ? null : (
        <>
          <Named text={label} /> <span className="c-quiet">·</span>{' '}
        </>
      )}
      <LevelMark level={level} />
    </>
  )
}
