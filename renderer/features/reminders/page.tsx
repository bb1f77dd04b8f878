import { Button, Switch, Table } from '@mantine/core'
import { IconBellCheck, IconChecks } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { stepWords } from './step.ts'

type Reminder = Outputs['reminders']['list'][number]

const route = getRouteApi('/reminders')

/** Reminders: unread ones, or all. */
export function Page(): ReactElement {
  const { all = false } = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const list = useQuery(query.reminders.list.queryOptions({ input: { client, unseen: !all, limit: 500 } }))
  const seen = useMutation(
    query.reminders.seen.mutationOptions({
      onError: notifyFailed,
      onSuccess: (_, { ids }) => notifyDone({ message: `Marked ${plural(ids.length, 'reminder')} as read` }),
    }),
  )
  const check = useMutation(
    query.reminders.check.mutationOptions({
      onError: notifyFailed,
      onSuccess: ({ fired }) =>
        notifyDone({
          message: fired.length === 0 ? 'No new reminders' : plural(fired.length, 'new reminder'),
        }),
    }),
  )
  const unseen = (list.data ?? []).filter((each) => each.seenAt === null).map((each) => each.id)
  return (
    <PageFrame
      title="Reminders"
      aside={list.data ? `${plural(unseen.length, 'reminder')} unread` : undefined}
      actions={
        <>
          <Switch
            label="Show read"
            checked={all}
            onChange={(event) => void navigate({ search: { all: event.currentTarget.checked ? true : undefined } })}
          />
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate(undefined)}>
            Check now
          </Button>
          <Button
            leftSection={<IconChecks size={14} aria-hidden />}
            disabled={unseen.length === 0}
            loading={seen.isPending}
            onClick={() => seen.mutate({ ids: unseen })}
          >
            Mark all as read
          </Button>
        </>
      }
    >
      <Answer of={list} what="reminders">
        {(data) =>
          data.length === 0 ? (
            <Empty icon={IconBellCheck} title={all ? 'No reminders yet' : 'You’re all caught up'}>
              Reminders come 30, 14, 7 and 1 days before a key is due, on the day, and weekly after it. Change this in
              the policy, under Settings.
            </Empty>
          ) : (
            <ReminderTable reminders={data} seen={(id) => seen.mutate({ ids: [id] })} />
          )
        }
      </Answer>
    </PageFrame>
  )
}

interface ReminderTableProps {
  readonly reminders: readonly Reminder[]
  readonly seen: (id: number) => void
}

function ReminderTable({ reminders, seen }: ReminderTableProps): ReactElement {
  return (
    <section className="c-card">
      <SmallTable minWidth={720} headings={['Key', 'Client', 'Reminder', 'Due', 'Reminded', ACTIONS]}>
        {reminders.map((each) => (
          <Table.Tr key={each.id}>
            <Table.Th scope="row">
              <Link to="/keys" search={{ key: each.keyId }}>
                <Named text={each.keyName} />
              </Link>
            </Table.Th>
            <Table.Td>
              <ClientMark client={each.client} />
            </Table.Td>
            <Table.Td>
              <Status tone={stepWords(each.rung).tone}>{stepWords(each.rung).text}</Status>
            </Table.Td>
            <Table.Td>
              <WhenDay day={each.dueOn} show="day" />
            </Table.Td>
            <Table.Td>
              <When at={each.firedAt} />
            </Table.Td>
            <Table.Td className="c-row-actions">
              {each.seenAt === null ? (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`Mark as read: the reminder of ${visibleText(each.keyName)}`}
                  onClick={() => seen(each.id)}
                >
                  Mark as read
                </Button>
              ) : (
                <span className="c-quiet">
                  read <When at={each.seenAt} />
                </span>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </section>
  )
}
