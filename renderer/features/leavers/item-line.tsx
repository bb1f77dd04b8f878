import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { LeaverItem } from '../../../shared/contract/leavers.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Named } from '../../ui/named.tsx'
import { visibleText } from '../../ui/text.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { useAddRemediations } from '../../entities/use-add-remediations.ts'
import { ITEM_KINDS } from './labels.ts'

interface ItemLineProps {
  readonly item: LeaverItem
  readonly personId: number
}

/** One remaining thing of a leaver: what and where, why it is listed, and the button that adds it to remediation. */
export function ItemLine({ item, personId }: ItemLineProps): ReactElement {
  const where = item.kind === 'role' ? item.connection.label : (item.project?.name ?? item.connection.label)
  return (
    <div className="c-line" style={{ alignItems: 'start' }}>
      <div>
        <span className="c-quiet">{`${ITEM_KINDS[item.kind]} `}</span>
        <SubjectName item={item} />
        {item.kind === 'role' || item.kind === 'account' ? (
          <span className="c-quiet">{item.role === null ? '' : ` · ${visibleText(item.role)}`}</span>
        ) : null}
        <span className="c-sub">
          <Named text={item.client.name} />
          {' · '}
          <Named text={where} />
          {item.lastUsedAt === null ? null : (
            <>
              {' · used '}
              <When at={item.lastUsedAt} />
            </>
          )}
          {item.knownUseAt === null ? null : (
            <>
              {' · used '}
              <When at={item.knownUseAt} />
              {' or later'}
            </>
          )}
          {item.kind === 'shared-key' && item.dueOn !== null ? (
            <>
              {' · due '}
              <WhenDay day={item.dueOn} />
            </>
          ) : null}
        </span>
        <span className="c-sub">{visibleText(item.says)}</span>
      </div>
      <ListButton item={item} personId={personId} />
    </div>
  )
}

function SubjectName({ item }: { readonly item: LeaverItem }): ReactElement {
  const name = <Named text={item.name} otherwise="No name" />
  if (item.kind === 'key' || item.kind === 'shared-key') {
    return (
      <Link to="/keys" search={{ key: item.id }} className="c-link">
        {name}
      </Link>
    )
  }
  if (item.kind !== 'role' || item.project === null) return name
  return (
    <Link to="/projects" search={{ project: item.project.id }} className="c-link">
      {name}
    </Link>
  )
}

function ListButton({ item, personId }: ItemLineProps): ReactElement | null {
  const { add, busy } = useAddRemediations()
  const { remediation, listed, name } = item
  if (listed !== null) {
    return (
      <ButtonLink
        to="/remediation"
        search={{ remediation: listed.remediationId }}
        size="compact-xs"
        variant="subtle"
        aria-label={`Added to remediation: ${visibleText(name)}`}
      >
        Added
      </ButtonLink>
    )
  }
  if (remediation === null) return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconPlus size={13} aria-hidden />}
      aria-label={`Add to remediation: ${ITEM_KINDS[item.kind]} ${visibleText(name)}`}
      loading={busy}
      onClick={() => add([{ ...remediation, origin: { kind: 'person', id: personId } }])}
    >
      Add to remediation
    </Button>
  )
}
