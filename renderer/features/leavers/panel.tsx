import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { LeaverDetail, LeaverItem } from '../../../shared/contract/leavers.ts'
import { LATE_HOURS } from '../../../shared/domain/leavers/departure.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { Named } from '../../ui/named.tsx'
import { useNow } from '../../ui/now.ts'
import { LongList } from '../../ui/panel/long-list.tsx'
import { DayFact, Fact, Facts, Nothing, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { Status, STATUS_ICONS } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { ImpactLink } from '../../entities/impact-link.tsx'
import { RemoveAccess } from '../../entities/remediation-flow.tsx'
import { CopyReport } from './copy-report.tsx'
import { ItemLine } from './item-line.tsx'
import { useDueToday } from '../../entities/use-due-today.ts'
import { hoursWords, leaverSentence, leaverStateWord } from './labels.ts'

interface LeaverPanelProps {
  readonly personId: number
  readonly onClose: () => void
}

/** The remaining access of a leaver, to be removed one by one or together. */
export function LeaverPanel({ personId, onClose }: LeaverPanelProps): ReactElement {
  const { client } = useScope()
  const leaver = useQuery(query.leavers.get.queryOptions({ input: { personId, client } }))
  const row = leaver.data?.row
  return (
    <SidePanel
      kind="Leaver"
      title={row === undefined ? 'Leaver' : <Named text={row.name} otherwise="No name" />}
      subtitle={row === undefined ? undefined : <Named text={row.email} otherwise="No e-mail known" />}
      marks={row === undefined ? undefined : <Marks row={row} />}
      onClose={onClose}
    >
      <Answer of={leaver} what="the leaver" rows={6}>
        {(data) => <Details detail={data} client={client} />}
      </Answer>
    </SidePanel>
  )
}

function Marks({ row }: { readonly row: LeaverDetail['row'] }): ReactElement {
  const { tone, word } = leaverStateWord(row)
  return (
    <>
      <Status tone={tone}>{word}</Status>
      <Status
        tone={row.late ? 'bad' : 'quiet'}
        icon={STATUS_ICONS.clock}
        title={row.late ? `Access should end within ${LATE_HOURS} hours` : undefined}
      >
        {`Left ${hoursWords(row.hours)} ago`}
      </Status>
      {row.usedAfterAt === null ? null : <Status tone="bad">Used after leaving</Status>}
    </>
  )
}

interface DetailsProps {
  readonly detail: LeaverDetail
  readonly client: string | undefined
}

function Details({ detail, client }: DetailsProps): ReactElement {
  const { row, items, more } = detail
  const now = useNow()
  const held = items.filter((item) => item.kind !== 'shared-key')
  const shared = items.filter((item) => item.kind === 'shared-key')
  const name = visibleText(row.name)
  return (
    <>
      <PanelSection title="What to do">
        <p className="c-prose">{leaverSentence(row, now)}</p>
        <Group gap={6} my={8}>
          {row.state === 'holds' ? <RemoveAccess personId={row.personId} name={name} /> : null}
          <MakeDue items={shared} primary={row.state === 'shared'} />
        </Group>
      </PanelSection>
      <PanelSection
        title="Departure"
        actions={
          <Group gap={4}>
            <ImpactLink kind="person" id={row.personId} name={row.name} />
            <CopyReport small label="Copy as Markdown" input={{ client, personId: row.personId }} />
          </Group>
        }
      >
        <About row={row} />
      </PanelSection>
      <PanelSection title="Remaining access" count={held.length}>
        {held.length === 0 ? <Nothing>No remaining access.</Nothing> : null}
        <LongList items={held} getKey={(item) => item.rowKey} step={20}>
          {(item) => <ItemLine item={item} personId={row.personId} />}
        </LongList>
      </PanelSection>
      <PanelSection title="Shared keys to rotate" count={row.sharedKeys}>
        {shared.length === 0 ? <Nothing>No shared keys to rotate.</Nothing> : null}
        <LongList items={shared} getKey={(item) => item.rowKey} step={20}>
          {(item) => <ItemLine item={item} personId={row.personId} />}
        </LongList>
        {more === 0 ? null : <p className="c-help">{`${wholeNumber(more)} more are not listed.`}</p>}
      </PanelSection>
    </>
  )
}

function About({ row }: { readonly row: LeaverDetail['row'] }): ReactElement {
  return (
    <Facts>
      <DayFact name="Last day" day={row.endsOn} otherwise="Not reported" show="day" />
      <TimeFact name="Left" at={row.departedAt} />
      {row.usedAfterAt === null ? null : <TimeFact name="Used after leaving" at={row.usedAfterAt} />}
      <Fact name="Role">
        <Named text={row.jobTitle} otherwise="Not reported" />
        {row.department === null ? null : (
          <>
            {' · '}
            <Named text={row.department} />
          </>
        )}
        {row.contractor ? ' · contractor' : ''}
      </Fact>
      {row.manager === null ? null : <TextFact name="Manager" text={row.manager} />}
      <Fact name="Person">
        <Link to="/people" search={{ person: row.personId }} className="c-link">
          View person
        </Link>
      </Fact>
    </Facts>
  )
}

interface ItemsProps {
  readonly items: readonly LeaverItem[]
}

/** Makes the shared keys that a leaver could see due today; the main action once nothing of their own remains. */
function MakeDue({ items, primary }: ItemsProps & { readonly primary: boolean }): ReactElement | null {
  const { mark, busy } = useDueToday()
  if (items.length === 0) return null
  return (
    <Button variant={primary ? 'filled' : 'default'} loading={busy} onClick={() => mark(items.map((item) => item.id))}>
      {`Mark ${plural(items.length, 'shared key')} for rotation`}
    </Button>
  )
}
