import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useMutation } from '@tanstack/react-query'

import type { AccessRow } from '../../../shared/contract/access.ts'
import type { PersonDetail } from '../../../shared/contract/people.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { type Day } from '../../../shared/domain/day.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { useNow } from '../../ui/now.ts'
import { Fact, Facts, TimeFact } from '../../ui/panel/panel-section.tsx'
import { WhenDay } from '../../ui/when.tsx'
import { AccessList } from '../../entities/access-list.tsx'
import { principalWord } from '../../entities/access-labels.ts'
import classes from './people.module.css'
import { noUseWord } from './labels.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'

interface MembershipProps {
  readonly membership: PersonDetail['memberships'][number]
  /** Every path by which this account has access to the organization and its projects. */
  readonly access: readonly AccessRow[]
}

/** A person's account in one connection: its access, its last use and its last review. */
export function Membership({ membership, access }: MembershipProps): ReactElement {
  const { connection, removedAt } = membership
  return (
    <div className={classes['membership']}>
      <h4 className={classes['connection']}>
        <ClientMark client={membership.client} />
        <span className="c-quiet">{`${providerName(connection.provider)} · `}</span>
        <Named text={connection.label} />
      </h4>
      {access.length === 0 ? null : <AccessList rows={access} by="where" />}
      <Facts>
        <Fact name={principalWord(membership.kind)}>
          <Named text={membership.email ?? membership.name} otherwise="No address" />{' '}
          <Named text={membership.externalId} mono />
        </Fact>
        <Fact name="Organization role">
          {membership.roleRaw === null ? (
            <span className="c-quiet">None</span>
          ) : (
            <Named text={roleLabel(membership.roleRaw)} />
          )}
          {membership.status === 'active' ? null : (
            <span className="c-quiet">
              {' · '}
              <Named text={membership.status} />
            </span>
          )}
        </Fact>
        {membership.provisioned === true ? <Fact name="Managed by">A directory of the organization (SCIM)</Fact> : null}
        <TimeFact name="Added" at={membership.addedAt} otherwise="Not known" />
        <TimeFact name="Last used" at={membership.lastUsedAt} otherwise={noUseWord(connection.provider)} />
        {membership.knownUseAt === null ? null : <TimeFact name="Known use" at={membership.knownUseAt} />}
        {removedAt === null ? (
          <Fact name="Last review">
            <Review membership={membership} />
          </Fact>
        ) : (
          <TimeFact name="Removed" at={removedAt} />
        )}
      </Facts>
    </div>
  )
}

function Review({ membership }: Pick<MembershipProps, 'membership'>): ReactElement {
  const today = toLocalDay(useNow())
  const { set, busy } = useSetReviewed()
  const { principalId, lastReviewedOn } = membership
  return (
    <span className={classes['review']}>
      <WhenDay day={lastReviewedOn} otherwise="Never" />
      {lastReviewedOn === today ? null : (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconCheck size={13} aria-hidden />}
          loading={busy}
          onClick={() => set({ principalId, on: today, before: lastReviewedOn })}
        >
          Mark reviewed
        </Button>
      )}
    </span>
  )
}

interface Review {
  readonly principalId: number
  readonly on: Day | null
  /** The earlier review, for Undo. */
  readonly before: Day | null
}

interface SetReviewed {
  readonly set: (review: Review) => void
  readonly busy: boolean
}

/** Records that a person's access in one connection was reviewed; the notification can undo it. */
function useSetReviewed(): SetReviewed {
  const mutation = useMutation({
    mutationFn: ({ principalId, on }: Review) => api.people.setReviewed({ principalId, on }),
    onSuccess: (_, { principalId, before }) =>
      notifyDone({ message: 'Review recorded', undo: () => api.people.setReviewed({ principalId, on: before }) }),
    onError: notifyFailed,
  })
  return { set: mutation.mutate, busy: mutation.isPending }
}
