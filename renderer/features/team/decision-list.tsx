import { api } from '../../data/api.ts'
import { Button, Group, Table } from '@mantine/core'
import { useState, type ReactElement, type ReactNode } from 'react'

import type { ListedDecision, TeamStatus } from '../../../shared/contract/team.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { useDecision } from './use-decision.ts'
import classes from './team.module.css'
import { useClientNames } from './use-client-names.ts'

interface SectionProps {
  readonly title: string
  readonly about: string
  readonly children: ReactNode
}

/** A part of the page with a heading and a sentence. */
export function Section({ title, about, children }: SectionProps): ReactElement {
  return (
    <section className="c-card" aria-label={title}>
      <div className="c-card-head">
        <h2 className="c-card-title">{title}</h2>
      </div>
      <div className={classes['text']}>
        <p className="c-prose">{about}</p>
      </div>
      {children}
    </section>
  )
}

/** The decisions that were asked back, did not count, or were dated by a wrong clock; those of each kind are absent while there are none. */
export function DecisionLists({ status }: { readonly status: TeamStatus }): ReactElement {
  return (
    <>
      <DecisionList
        title="Asked back"
        about="These decisions of yours are not placed, since others decided meanwhile, or they are old. Keep those that you still mean."
        decisions={status.askedBack}
        asked
      />
      <DecisionList
        title="Did not count"
        about="These decisions are in the history, and change nothing on any device. Decide again what is still meant."
        decisions={status.noEffect}
      />
      <DecisionList
        title="Decided by a clock that was wrong"
        about="The clock of the author’s device and the server’s cannot both be right. The order of decisions does not follow from times."
        decisions={status.clocks}
      />
    </>
  )
}

interface DecisionListProps {
  readonly title: string
  readonly about: string
  readonly decisions: readonly ListedDecision[]
  readonly asked?: boolean
}

function DecisionList({ title, about, decisions, asked = false }: DecisionListProps): ReactElement | null {
  const findName = useClientNames()
  if (decisions.length === 0) return null
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <Section title={title} about={about}>
      <SmallTable
        id={id}
        minWidth={740}
        headings={['By', 'Decision', 'Client', 'Decided', 'Why', ...(asked ? [ACTIONS] : [])]}
      >
        {decisions.map(({ uid, client, member, own, decided, at, sentence }) => (
          <Table.Tr key={uid}>
            <Table.Th scope="row">{own ? 'You' : visibleText(member ?? 'An unknown device')}</Table.Th>
            <Table.Td>{decided === null ? <span className="c-quiet">Unknown</span> : visibleText(decided)}</Table.Td>
            <Table.Td>{findName(client) ?? 'The agency'}</Table.Td>
            <Table.Td className="c-when">
              <When at={at} />
            </Table.Td>
            <Table.Td>{visibleText(sentence)}</Table.Td>
            {asked ? (
              <Table.Td className="c-row-actions">
                <Answer uid={uid} of={visibleText(decided ?? uid)} />
              </Table.Td>
            ) : null}
          </Table.Tr>
        ))}
      </SmallTable>
    </Section>
  )
}

function Answer({ uid, of }: { readonly uid: string; readonly of: string }): ReactElement {
  const keep = useDecision(api.team.keep)
  const drop = useDecision(api.team.drop)
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {[
        { verb: 'Keep', act: keep },
        { verb: 'Drop', act: drop },
      ].map(({ verb, act }) => (
        <Button
          key={verb}
          size="compact-xs"
          variant="subtle"
          loading={act.isPending}
          aria-label={`${verb}: ${of}`}
          onClick={() => act.mutate({ uids: [uid] })}
        >
          {verb}
        </Button>
      ))}
    </Group>
  )
}

/** The logs that are read no further, each with what an owner can decide. */
export function StoppedList({ status }: { readonly status: TeamStatus }): ReactElement | null {
  const [asking, setAsking] = useState<{ readonly log: string; readonly head: string; readonly words: string } | null>(
    null,
  )
  const decide = useDecision(api.team.resolve)
  if (status.stopped.length === 0) return null
  return (
    <Section
      title="Stopped"
      about="These logs are read no further, and nothing is placed in them, until an owner decides."
    >
      {status.stopped.map(({ log, sentence, choices }) => (
        <div key={log} className={classes['text']}>
          <p className="c-prose">{visibleText(sentence)}</p>
          <Group gap="xs">
            {choices.map(({ head, words }) => (
              <Button key={head} size="compact-sm" variant="default" onClick={() => setAsking({ log, head, words })}>
                {visibleText(words)}…
              </Button>
            ))}
          </Group>
        </div>
      ))}
      <Confirm
        opened={asking !== null}
        close={() => setAsking(null)}
        title="Decide for every device?"
        verb={asking === null ? '' : visibleText(asking.words)}
        act={async () => {
          if (asking !== null) await decide.mutateAsync({ log: asking.log, head: asking.head })
        }}
      >
        Every device of the team follows this. What was decided on a history that does not count waits again on the
        devices of its authors. Compare the head with another device first:{' '}
        <span className="c-mono c-break">{asking?.head}</span>
      </Confirm>
    </Section>
  )
}
