import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { FindingRow } from '../../../shared/contract/findings.ts'
import { describeUnseen } from '../../../shared/domain/findings/unseen-words.ts'
import { query } from '../../data/api.ts'
import { ruleTopic } from '../../data/help-topics.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { HelpLink } from '../../ui/help/help-link.tsx'
import { Named } from '../../ui/named.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Fact, Facts, PanelSection, TextFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { formatDay } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { WhatCanBeDone } from '../../entities/what-can-be-done.tsx'
import { reopen } from './row-actions.ts'
import { AcceptForm } from './accept-form.tsx'
import { subjectPlace } from './subject-place.ts'
import { mendLabel, StartRemediation } from '../../entities/remediation-flow.tsx'
import { SubjectLink } from '../../entities/subject-link.tsx'
import {
  certaintyWord,
  evidenceLabel,
  severityWord,
  stateWord,
  subjectKindWord,
} from '../../entities/finding-labels.ts'

type Detail = Outputs['findings']['get']

interface FindingPanelProps {
  readonly findingId: number
  readonly onClose: () => void
}

/** A finding: the evidence, what to do, and its history. */
export function FindingPanel({ findingId, onClose }: FindingPanelProps): ReactElement {
  const finding = useQuery(query.findings.get.queryOptions({ input: { findingId } }))
  const row = finding.data?.row
  return (
    <SidePanel
      kind="Finding"
      title={row === undefined ? 'Finding' : row.rule.title}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={row === undefined ? undefined : <Marks row={row} />}
      onClose={onClose}
    >
      <Answer of={finding} what="the finding" rows={6}>
        {(data) => <Details detail={data} />}
      </Answer>
    </SidePanel>
  )
}

function Marks({ row }: { readonly row: FindingRow }): ReactElement {
  return (
    <>
      <Status tone={severityWord(row.severity).tone}>{severityWord(row.severity).word}</Status>
      <Status tone="quiet" plain title={certaintyWord(row.certainty).about}>
        {`${certaintyWord(row.certainty).word}${row.quiet ? ', not counted' : ''}`}
      </Status>
      <Status tone={stateWord(row.state).tone}>{stateWord(row.state).word}</Status>
    </>
  )
}

function Details({ detail }: { readonly detail: Detail }): ReactElement {
  const { row, rule, evidence, before, unseen } = detail
  return (
    <>
      <PanelSection title="What is wrong" actions={<HelpLink topic={ruleTopic(row.rule.id)} about={row.rule.title} />}>
        <p className="c-prose">{visibleText(row.says)}</p>
        <Facts>
          <Fact name={subjectKindWord(row.subject.kind)}>
            <SubjectLink subject={row.subject} />
          </Fact>
          {row.subject.kind === 'connection' ? null : <TextFact name="Connection" text={row.connection.label} />}
          {Object.entries(evidence).map(([name, value]) =>
            value === null ? null : (
              <Fact key={name} name={evidenceLabel(name)}>
                <EvidenceValue name={name} value={value} />
              </Fact>
            ),
          )}
        </Facts>
      </PanelSection>
      <PanelSection title="What to do">
        <p className="c-prose">{rule.remediation}</p>
        {row.state === 'resolved' ? null : <Mend row={row} />}
      </PanelSection>
      {row.state === 'resolved' ? null : <WhatCanBeDone origins={[{ kind: 'finding', id: row.findingId }]} />}
      {row.state === 'resolved' ? null : (
        <PanelSection title="Risk acceptance">
          <p className="c-help">Hides the finding until a date, with a reason. It changes nothing at the provider.</p>
          {unseen === null ? null : <Unseen unseen={unseen} />}
          <Decision row={row} />
        </PanelSection>
      )}
      <PanelSection title="History">
        <Life row={row} />
      </PanelSection>
      <PanelSection title="The rule">
        <Facts>
          <Fact name="Certainty">{rule.doubt === null ? certaintyWord(rule.certainty).about : rule.doubt}</Fact>
          <Fact name="Data used">{rule.reads}</Fact>
          <Fact name="Controls">{rule.controls.join(', ')}</Fact>
        </Facts>
      </PanelSection>
      {before.length === 0 ? null : (
        <PanelSection title="Earlier" count={before.length}>
          <LongList items={before} getKey={(each) => each.findingId} step={20}>
            {(each) => <Life row={each} />}
          </LongList>
        </PanelSection>
      )}
    </>
  )
}

/** A value of the evidence: an instant, a day, or text of any origin. */
function EvidenceValue({ name, value }: { readonly name: string; readonly value: string | number }): ReactElement {
  if (name.endsWith('At')) return <When at={Number(value)} />
  return name.endsWith('On') ? <WhenDay day={String(value)} show="day" /> : <Named text={String(value)} />
}

/** The primary action: the change that mends the finding, or the thing that it is about where none can be sent. */
function Mend({ row }: { readonly row: FindingRow }): ReactElement | null {
  const proposals = useQuery(
    query.remediation.proposals.queryOptions({ input: { origins: [{ kind: 'finding', id: row.findingId }] } }),
  ).data
  if (proposals === undefined) return null
  const [first] = proposals
  return (
    <Group gap={6} my={8}>
      {first === undefined ? (
        <OpenSubject row={row} />
      ) : (
        <StartRemediation origin="finding" ids={[row.findingId]} label={mendLabel(first.action)} />
      )}
    </Group>
  )
}

function OpenSubject({ row }: { readonly row: FindingRow }): ReactElement {
  const { label, ...place } = subjectPlace(row)
  return <ButtonLink {...place}>{label}</ButtonLink>
}

/** Longer acceptances of members of a team that do not hold, with the reason. */
function Unseen({ unseen }: { readonly unseen: NonNullable<Detail['unseen']> }): ReactElement {
  return (
    <>
      {describeUnseen(unseen, { name: visibleText, day: formatDay }).map((sentence) => (
        <p key={sentence} className="c-help">
          {sentence}
        </p>
      ))}
    </>
  )
}

function Decision({ row }: { readonly row: FindingRow }): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const reopening = useMutation({ mutationFn: () => reopen(row), onError: notifyFailed })
  return (
    <>
      <Group gap={6} my={8}>
        <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {row.state === 'accepted' ? 'Edit exception' : 'Accept risk…'}
        </Button>
        {row.state === 'accepted' ? (
          <Button variant="default" loading={reopening.isPending} onClick={() => reopening.mutate()}>
            Reopen
          </Button>
        ) : null}
      </Group>
      {isOpen ? <AcceptForm row={row} close={() => setOpen(false)} /> : null}
    </>
  )
}

function Life({ row }: { readonly row: FindingRow }): ReactElement {
  return (
    <Facts>
      <Fact name="First seen">
        <When at={row.firstSeenAt} />
        <span className="c-quiet">{row.firstSync === null ? ' · over time' : ` · sync ${row.firstSync}`}</span>
      </Fact>
      {row.accepted === null ? null : (
        <>
          <Fact name="Accepted until">
            <WhenDay day={row.accepted.until} show="day" />
            <span className="c-quiet">{` · by ${visibleText(row.accepted.by)}`}</span>
          </Fact>
          <TextFact name="Reason" text={row.accepted.reason} />
        </>
      )}
      {row.resolvedAt === null ? null : (
        <Fact name="Resolved">
          <When at={row.resolvedAt} />
          <span className="c-quiet">
            {row.resolvedSync === null ? ' · without a sync' : ` · sync ${row.resolvedSync}`}
          </span>
        </Fact>
      )}
    </Facts>
  )
}
