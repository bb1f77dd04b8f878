import { Group, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { GuideAnswers, GuideQuestion } from '../../../shared/domain/plans/guide-answers.ts'
import { query } from '../../data/api.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { plural } from '../../ui/relative.ts'
import { useQuery } from '../../ui/use-query.ts'

/** The input of the guided start. */
export interface GuideDraft {
  readonly company: string
  /** One team per line: its name, a colon, its applications. */
  readonly teams: string
  readonly environments: readonly string[]
  readonly answers: Readonly<Partial<Record<GuideQuestion, { answer: boolean; overridden?: string | null }>>>
}

export const EMPTY_GUIDE: GuideDraft = {
  company: '',
  teams: '',
  environments: ['dev', 'staging', 'prod'],
  answers: {},
}

/** The answers that a draft contains; null until it has a company and a team. */
export function findAnswers({ answers, company, environments, teams }: GuideDraft): GuideAnswers | null {
  const read = teams
    .split('\n')
    .map((line) => {
      const [name = '', ...rest] = line.split(':')
      const applications = rest
        .join(':')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '')
      return { name: name.trim(), applications: applications.map((one) => ({ name: one })) }
    })
    .filter(({ name }) => name !== '')
  if (company.trim() === '' || read.length === 0) return null
  return { company: company.trim(), teams: read, environments, answers }
}

interface GuideProps {
  readonly draft: GuideDraft
  readonly change: (draft: GuideDraft) => void
}

/**
 * Asks the questions of the decision tables and shows the rule behind each answer; a person who does not follow a rule
 * enters the reason.
 */
export function Guide({ change, draft }: GuideProps): ReactElement {
  const answers = findAnswers(draft)
  const guide = useQuery({
    ...query.plan.guide.queryOptions({ input: { answers: answers ?? NO_ANSWERS } }),
    enabled: answers !== null,
    placeholderData: keepPreviousData,
  })
  const set = (id: GuideQuestion, answer: boolean, overridden: string | null): void =>
    change({ ...draft, answers: { ...draft.answers, [id]: { answer, overridden } } })
  return (
    <>
      <TextInput
        label="Company"
        required
        value={draft.company}
        onChange={(event) => change({ ...draft, company: event.currentTarget.value })}
      />
      <Textarea
        label="Teams and what they build"
        description="One team per line, such as Product: chatbot, search"
        required
        autosize
        minRows={3}
        value={draft.teams}
        onChange={(event) => change({ ...draft, teams: event.currentTarget.value })}
      />
      <TagsInput
        label="Environments"
        value={[...draft.environments]}
        onChange={(environments) => change({ ...draft, environments })}
      />
      {answers === null ? null : guide.isError ? (
        <Failed error={guide.error} retry={() => void guide.refetch()} />
      ) : guide.isPending ? (
        <Loading what="the questions" />
      ) : (
        <>
          <ul className="c-form">
            {guide.data.steps.map((step) => (
              <li key={step.id}>
                <Group gap="xs" wrap="nowrap" align="start">
                  <Switch
                    label={visibleText(step.question)}
                    checked={step.answer}
                    onChange={(event) => set(step.id, event.currentTarget.checked, step.overridden)}
                  />
                </Group>
                <span className="c-sub">{`${visibleText(step.rule)} ${visibleText(step.follows)}`}</span>
                <TextInput
                  size="xs"
                  aria-label={`Exception rationale: ${step.question}`}
                  placeholder="Exception rationale"
                  value={step.overridden ?? ''}
                  onChange={(event) => set(step.id, step.answer, event.currentTarget.value || null)}
                />
              </li>
            ))}
          </ul>
          <p className="c-help">
            {`Result: ${plural(guide.data.plan.organizations.length, 'organization')} and ${plural(guide.data.plan.projects.length, 'project')}: ${guide.data.plan.projects.map(({ name }) => visibleText(name)).join(', ')}.`}
          </p>
        </>
      )}
    </>
  )
}

const NO_ANSWERS: GuideAnswers = { company: '-', teams: [{ name: '-' }], environments: [] }
