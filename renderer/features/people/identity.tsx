import { Button } from '@mantine/core'
import { IconArrowsSplit } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { PersonDetail } from '../../../shared/contract/people.ts'
import { Named } from '../../ui/named.tsx'
import { PanelSection } from '../../ui/panel/panel-section.tsx'
import { When } from '../../ui/when.tsx'
import classes from './people.module.css'
import { useMerging } from './use-merging.ts'
import { reasonWord } from './labels.ts'

/** Possible duplicates of this person, and those that were merged. */
export function Identity({ detail }: { readonly detail: PersonDetail }): ReactElement {
  const { split, busy } = useMerging()
  const { matches, merges } = detail
  return (
    <>
      {matches.length === 0 ? null : (
        <PanelSection title="Possible duplicates" count={matches.length}>
          <ul className={classes['identities']}>
            {matches.map(({ matchId, reason, name, email }) => (
              <li key={matchId}>
                <Named text={name} /> <Named text={email} otherwise="" />
                <span className="c-quiet">{reasonWord(reason)}</span>
              </li>
            ))}
          </ul>
          <Link to="/people" search={(now) => ({ client: now.client, view: 'matches' as const })}>
            Review duplicates
          </Link>
        </PanelSection>
      )}
      {merges.length === 0 ? null : (
        <PanelSection title="Merged into this person" count={merges.length}>
          <ul className={classes['identities']}>
            {merges.map(({ mergeId, name, email, mergedAt, mergedBy }) => (
              <li key={mergeId}>
                <Named text={name} /> <Named text={email} otherwise="" />
                <span className="c-quiet">
                  <When at={mergedAt} />
                  {' by '}
                  <Named text={mergedBy} otherwise="no name" />
                </span>
                <Button
                  variant="default"
                  size="compact-xs"
                  leftSection={<IconArrowsSplit size={13} aria-hidden />}
                  loading={busy}
                  onClick={() => split({ mergeId, keep: detail.row.personId })}
                >
                  Split
                </Button>
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
    </>
  )
}
