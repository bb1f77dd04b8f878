import { Button, Group, Radio } from '@mantine/core'
import { IconArrowsJoin, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useState, type ReactElement } from 'react'

import type { MatchRow } from '../../../shared/contract/people.ts'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts } from '../../ui/panel/panel-section.tsx'
import { plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { LevelMark } from '../../entities/level.tsx'
import { ClientMarks } from '../../entities/client-badges.tsx'
import classes from './people.module.css'
import { Departed, PersonStatus } from './status-badge.tsx'
import { useMerging } from './use-merging.ts'
import { employmentWord, reasonWord } from './labels.ts'

/** Two people side by side, and the decision about them. */
export function MatchCard({ match }: { readonly match: MatchRow }): ReactElement {
  const title = useId()
  const [keep, setKeep] = useState(match.sides[0].row.personId)
  const { merge, decide, busy } = useMerging()
  const [one, other] = match.sides
  const [kept, given] = keep === other.row.personId ? [other, one] : [one, other]
  return (
    <section className="c-card" aria-labelledby={title}>
      <header className="c-card-head">
        <h2 className="c-card-title" id={title}>
          {reasonWord(match.reason)}
        </h2>
        <span className="c-quiet">
          {'Found '}
          <When at={match.foundAt} />
        </span>
      </header>
      <Radio.Group
        value={String(keep)}
        onChange={(value) => setKeep(Number(value))}
        aria-label="Record to keep"
        className={classes['sides']}
      >
        <Side side={one} disabled={match.state === 'rejected'} />
        <Side side={other} disabled={match.state === 'rejected'} />
      </Radio.Group>
      <Group gap="xs" className={classes['decide']}>
        {match.state === 'open' ? (
          <>
            <Button
              leftSection={<IconArrowsJoin size={14} aria-hidden />}
              loading={busy}
              onClick={() => merge({ keep: kept.row, other: given.row })}
            >
              {`Merge into ${visibleText(kept.row.name)}`}
            </Button>
            <Button
              variant="default"
              leftSection={<IconX size={14} aria-hidden />}
              loading={busy}
              onClick={() => decide({ matchId: match.matchId, state: 'rejected' })}
            >
              Not the same
            </Button>
          </>
        ) : (
          <>
            <span className="c-quiet">
              {'Not the same '}
              <When at={match.decidedAt} />
              {' by '}
              <Named text={match.decidedBy} otherwise="no name" />
            </span>
            <Button variant="default" loading={busy} onClick={() => decide({ matchId: match.matchId, state: 'open' })}>
              Reopen
            </Button>
          </>
        )}
      </Group>
    </section>
  )
}

interface SideProps {
  readonly side: MatchRow['sides'][number]
  readonly disabled: boolean
}

function Side({ side, disabled }: SideProps): ReactElement {
  const { row, addresses, employment } = side
  const reported = employment === null ? null : employmentWord(employment)
  return (
    <div className={classes['side']}>
      <Radio value={String(row.personId)} disabled={disabled} label={<Named text={row.name} otherwise="No name" />} />
      <Facts>
        <Fact name="Addresses">
          {addresses.length === 0 ? <span className="c-quiet">None known</span> : null}
          {addresses.map((address) => (
            <div key={address} className="c-break">
              <Named text={address} />
            </div>
          ))}
        </Fact>
        <Fact name="Holds">
          {row.connections === 0 ? (
            <span className="c-quiet">Nothing</span>
          ) : (
            <>
              {row.departed ? <Departed status={row.status} plain /> : <PersonStatus status={row.status} />}{' '}
              <LevelMark level={row.level} plain /> {plural(row.projects, 'project')}, {plural(row.keys, 'key')}
            </>
          )}
        </Fact>
        {row.clients.length === 0 ? null : (
          <Fact name="Clients">
            <ClientMarks clients={row.clients} />
          </Fact>
        )}
        <Fact name="HR data">
          {reported === null || employment === null ? (
            <span className="c-quiet">No data</span>
          ) : (
            <>
              <Status tone={reported.tone} plain>
                {reported.word}
              </Status>{' '}
              <Named text={[employment.jobTitle, employment.department].filter(Boolean).join(', ')} otherwise="" />
            </>
          )}
        </Fact>
        {employment?.externalId ? (
          <Fact name="Employee number">
            <Named text={employment.externalId} mono />{' '}
            <span className="c-quiet">{visibleText(employment.source)}</span>
          </Fact>
        ) : null}
      </Facts>
      {row.connections === 0 ? null : (
        <Link to="/people" search={(now) => ({ client: now.client, person: row.personId })}>
          {`View ${visibleText(row.name)}`}
        </Link>
      )}
    </div>
  )
}
