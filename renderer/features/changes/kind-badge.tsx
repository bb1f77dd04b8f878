import {
  IconArchive,
  IconArrowDown,
  IconArrowsExchange,
  IconArrowUp,
  IconCalendarX,
  IconMinus,
  IconPlugConnected,
  IconPlus,
  IconRotate2,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { ChangeKind } from '../../../shared/contract/changes.ts'
import { changeWord } from '../../../shared/report/changes-words.ts'
import { Status, type Tone } from '../../ui/status.tsx'

type Look = readonly [icon: TablerIcon, tone: Tone]

const CAME: Look = [IconPlus, 'info']
const WENT: Look = [IconMinus, 'quiet']
const OTHER: Look = [IconArrowsExchange, 'quiet']

/** Changes that add access are highlighted. */
const LOOKS: Readonly<Record<ChangeKind, Look>> = {
  'access-gained': [IconPlus, 'warn'],
  'access-lost': WENT,
  'access-raised': [IconArrowUp, 'warn'],
  'access-lowered': [IconArrowDown, 'quiet'],
  'role-changed': OTHER,
  'group-joined': CAME,
  'group-left': WENT,
  'person-joined': CAME,
  'person-left': WENT,
  'person-renamed': OTHER,
  'address-changed': OTHER,
  'provisioning-changed': OTHER,
  'key-created': CAME,
  'key-rotated': [IconRotate2, 'good'],
  'key-removed': WENT,
  'key-re-owned': OTHER,
  'key-changed': OTHER,
  'project-created': CAME,
  'project-archived': [IconArchive, 'quiet'],
  'project-removed': WENT,
  'project-changed': OTHER,
  'tags-changed': OTHER,
  'limit-set': CAME,
  'limit-changed': OTHER,
  'limit-removed': [IconMinus, 'warn'],
  'recipients-changed': OTHER,
  'enforcement-changed': [IconArrowsExchange, 'warn'],
  'federation-added': [IconPlus, 'warn'],
  'federation-changed': OTHER,
  'federation-removed': WENT,
  'certificate-added': [IconPlus, 'warn'],
  'certificate-changed': OTHER,
  'certificate-expired': [IconCalendarX, 'warn'],
  'certificate-removed': WENT,
  'first-reading': [IconPlugConnected, 'quiet'],
}

/** A kind of change: icon, word and colour. */
export function KindMark({ kind }: { readonly kind: ChangeKind }): ReactElement {
  const [icon, tone] = LOOKS[kind]
  return (
    <Status tone={tone} icon={icon} plain>
      {changeWord(kind)}
    </Status>
  )
}
