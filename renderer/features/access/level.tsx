import type { ReactElement } from 'react'

import { isPrivileged, type Level } from '../../../shared/domain/role.ts'
import { Status, STATUS_ICONS } from '../../ui/status.tsx'
import { levelWord } from './words.ts'

/** A level; privileged ones carry a shield. */
export function LevelMark({ level }: { readonly level: Level }): ReactElement {
  if (!isPrivileged(level)) return <span>{levelWord(level)}</span>
  return (
    <Status tone="info" icon={STATUS_ICONS.privileged} plain title="Privileged: can change who holds access">
      {levelWord(level)}
    </Status>
  )
}
