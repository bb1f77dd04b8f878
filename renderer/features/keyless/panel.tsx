import { NativeSelect, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { KeylessRow, KeylessSetup } from '../../../shared/contract/keyless.ts'
import type { Platform } from '../../../shared/domain/keyless/platforms.ts'
import { query } from '../../data/api.ts'
import { certaintyWord } from '../../entities/finding-labels.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Named } from '../../ui/named.tsx'
import { DayFact, Fact, Facts, PanelSection, TextFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { keylessState } from './columns.tsx'
import classes from './keyless.module.css'

interface KeylessPanelProps {
  readonly keyId: number
  /** The platform that is shown; undefined: that of the key. */
  readonly on: Platform | undefined
  readonly setOn: (platform: Platform) => void
  readonly onClose: () => void
}

/** One key of the plan: why it can be replaced, by which rule, what to configure, and its last day. */
export function KeylessPanel({ keyId, on, setOn, onClose }: KeylessPanelProps): ReactElement {
  const plan = useQuery(query.keyless.get.queryOptions({ input: { keyId } }))
  const row = plan.data?.row
  return (
    <SidePanel
      kind="Key"
      title={row === undefined ? 'Key' : <Named text={row.name} otherwise="No name" />}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={
        row === undefined ? undefined : (
          <Status tone={keylessState(row.state).tone}>{keylessState(row.state).word}</Status>
        )
      }
      onClose={onClose}
    >
      <Answer of={plan} what="the plan of the key" rows={6}>
        {(data) => (
          <>
            <Why row={data.row} />
            <Setups setups={data.setups} on={on} setOn={setOn} />
          </>
        )}
      </Answer>
    </SidePanel>
  )
}

function Why({ row }: { readonly row: KeylessRow }): ReactElement {
  return (
    <PanelSection title="Why">
      <Text component="p" className="c-prose" mb={8}>
        {visibleText(row.reasons.join(' '))}
      </Text>
      <Facts>
        <Fact name="Certainty">{`${certaintyWord(row.certainty).word}: no person uses it`}</Fact>
        <DayFact name="Last day" day={row.lastDay} show="day" />
        <Fact name="Because">{row.lastDayBecause}</Fact>
        <TextFact
          name="Service account"
          text={row.account?.name ?? row.account?.externalId}
          otherwise="To be created"
        />
        <Fact name="Federation rule">
          {row.rule === null ? (
            'None yet'
          ) : (
            <Link to="/keys/federation" search={{ rule: row.rule.federationId }} className="c-link">
              <Named text={row.rule.workload} />
            </Link>
          )}
        </Fact>
        <Fact name="Key">
          <Link to="/keys" search={{ key: row.keyId }} className="c-link">
            Show key
          </Link>
        </Fact>
      </Facts>
    </PanelSection>
  )
}

interface SetupsProps {
  readonly setups: readonly KeylessSetup[]
  readonly on: Platform | undefined
  readonly setOn: (platform: Platform) => void
}

/** The settings of one platform, with a choice of it. */
function Setups({ setups, on, setOn }: SetupsProps): ReactElement | null {
  const setup = setups.find(({ platform }) => platform === on) ?? setups[0]
  if (setup === undefined) return null
  const { rule, steps, snippets } = setup
  return (
    <>
      <PanelSection title="Federation rule to configure">
        <NativeSelect
          label="Where it runs"
          className={classes['place']}
          data={setups.map(({ platform, name }) => ({ value: platform, label: name }))}
          value={setup.platform}
          onChange={(event) => setOn(event.currentTarget.value as Platform)}
        />
        <Facts>
          <TextFact name="Issuer" text={rule.issuer} mono />
          <TextFact name="Subject" text={rule.subject} mono />
          <TextFact name="Audience" text={rule.audience} mono />
          <TextFact name="Act as" text={rule.account} />
          <TextFact name="Project" text={rule.project} />
        </Facts>
        <p className="c-quiet">{`${rule.hint} Words in capitals are to be filled in.`}</p>
      </PanelSection>
      <PanelSection title="Steps">
        <ol className="c-bullets">
          {steps.map((step) => (
            <li key={step}>{visibleText(step)}</li>
          ))}
        </ol>
      </PanelSection>
      <PanelSection title="Snippets">
        {snippets.map(({ title, text }) => (
          <div key={title} className={classes['snippet']}>
            <h4>{title}</h4>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
            <pre className={`c-source ${classes['code']}`} tabIndex={0} dir="ltr">
              {text}
            </pre>
            <CopyButton text={text} />
          </div>
        ))}
      </PanelSection>
    </>
  )
}
