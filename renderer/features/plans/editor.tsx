import { Button, Group } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy } from '@tabler/icons-react'
import { useMutation, keepPreviousData } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useMemo, useState, type ReactElement } from 'react'
import { useDebouncedValue } from '@mantine/hooks'

import type { PlanDetail, PlanRow } from '../../../shared/contract/plans.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import type { PlanProblem } from '../../../shared/domain/plans/problem.ts'
import { query } from '../../data/api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ChangedMeanwhile, type FormRecord, useTyped } from '../../ui/kept.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/tabs.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import type { PlanPartRef, SelectedPart } from './chosen.ts'
import { CompareTab } from './compare-tab.tsx'
import { DocumentTab } from './document-tab.tsx'
import { DriftTab } from './drift-tab.tsx'
import { getMarks, NO_MARKS } from './marks.ts'
import { PeopleTab } from './people-tab.tsx'
import { countByTab, findTab } from './problem-places.ts'
import { Problems } from './problems.tsx'
import { RulesTab } from './rules-tab.tsx'
import { PLAN_TABS, type PlansSearch, type PlanTab } from './search.ts'
import { StructureTab } from './structure-tab.tsx'
import { type Draft, useDraft } from './use-draft.ts'
import { YamlTab } from './yaml-tab.tsx'

const TAB_WORDS: Readonly<Record<PlanTab, string>> = {
  structure: 'Structure',
  people: 'People and roles',
  rules: 'Naming and rules',
  yaml: 'YAML',
  document: 'Document',
  drift: 'Drift',
  compare: 'Compare',
}

interface EditorProps {
  /** The plan as it was read; another version restarts the editor, unless something is changed here. */
  readonly detail: PlanDetail
  readonly kept: FormRecord<PlanDetail>
  readonly newest: number
  readonly others: readonly PlanRow[]
  readonly search: PlansSearch
  readonly set: (change: Partial<PlansSearch>) => void
  readonly reread: () => void
}

/** An open plan: its parts, and all edits until it is saved. */
export function Editor({ detail, kept, newest, others, reread, search, set }: EditorProps): ReactElement {
  const { row } = detail
  const { tab = 'structure' } = search
  const draft = useDraft(detail.plan)
  useTyped(draft.isChanged, kept.setTyped)
  const [chosen, choose] = useState<PlanPartRef | null>(null)
  const problems = useProblems(draft.plan)
  const counts = countByTab(problems)
  const save = useMutation(
    query.plan.save.mutationOptions({
      onError: notifyFailed,
      onSuccess: ({ version }) => {
        notifyDone({ message: `Saved as version ${version}` })
        kept.setTyped(false)
        reread()
      },
    }),
  )
  const force = useMutation(
    query.plan.setActivated.mutationOptions({
      onError: notifyFailed,
      onSuccess: ({ active }) => {
        notifyDone({ message: active ? 'Activated. Drift is now tracked' : 'Deactivated. The plan is a draft again' })
        reread()
      },
    }),
  )
  return (
    <PageFrame
      title={visibleText(row.title)}
      aside={
        <Group gap="xs">
          <span>{`${visibleText(row.client.name)}, version ${row.version}`}</span>
          {row.active ? <Status tone="good">Active</Status> : null}
          {draft.isChanged ? <Status tone="warn">Not saved</Status> : null}
        </Group>
      }
      actions={
        <>
          <Steps draft={draft} />
          <Button
            variant="default"
            loading={force.isPending}
            onClick={() => force.mutate({ planId: row.planId, active: !row.active })}
          >
            {row.active ? 'Deactivate plan' : 'Activate plan'}
          </Button>
          <Button
            leftSection={<IconDeviceFloppy size={14} aria-hidden />}
            disabled={!draft.isChanged}
            loading={save.isPending}
            onClick={() => save.mutate({ planId: row.planId, version: row.version, plan: draft.plan })}
          >
            Save
          </Button>
        </>
      }
      tabs={
        <PageTabs
          label="Part of the plan"
          tabs={PLAN_TABS.map((value) => ({
            label: TAB_WORDS[value],
            count: counts.get(value),
            current: value === tab,
            to: '/plans',
            search: (now) => ({ ...now, tab: value }),
          }))}
        />
      }
    >
      <ChangedMeanwhile
        of={kept}
        words={`Version ${newest} was saved meanwhile. Your changes are to version ${row.version} and cannot be saved over it: copy them from YAML first.`}
      />
      <Problems problems={problems.filter((problem) => findTab(problem) === tab)} choose={choose} />
      <Tab
        tab={tab}
        draft={draft}
        chosen={chosen}
        choose={choose}
        detail={detail}
        others={others}
        search={search}
        set={set}
        reread={reread}
      />
      <Leaving isChanged={draft.isChanged} />
    </PageFrame>
  )
}

function Steps({ draft: { redo, undo } }: { readonly draft: Draft }): ReactElement {
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconArrowBackUp size={14} aria-hidden />}
        disabled={undo === null}
        onClick={undo ?? undefined}
      >
        Undo
      </Button>
      <Button
        variant="subtle"
        leftSection={<IconArrowForwardUp size={14} aria-hidden />}
        disabled={redo === null}
        onClick={redo ?? undefined}
      >
        Redo
      </Button>
    </>
  )
}

interface TabProps extends Omit<EditorProps, 'kept' | 'newest'>, SelectedPart {
  readonly tab: PlanTab
  readonly draft: Draft
}

function Tab(props: TabProps): ReactElement {
  const { detail, draft, others, reread, search, set, tab, chosen, choose } = props
  const { plan, edit } = draft
  if (tab === 'people') return <PeopleTab plan={plan} edit={edit} planId={detail.row.planId} />
  if (tab === 'rules') return <RulesTab plan={plan} edit={edit} />
  if (tab === 'yaml') return <YamlTab plan={plan} edit={edit} />
  if (tab === 'document') return <DocumentTab planId={detail.row.planId} version={detail.row.version} />
  if (tab === 'drift') return <DriftTab planId={detail.row.planId} isChanged={draft.isChanged} />
  if (tab === 'compare') {
    return (
      <CompareTab
        row={detail.row}
        others={others}
        other={search.other}
        choose={(other) => set({ other })}
        onRestored={reread}
      />
    )
  }
  return <Structure detail={detail} draft={draft} chosen={chosen} choose={choose} />
}

interface StructureProps extends SelectedPart {
  readonly detail: PlanDetail
  readonly draft: Draft
}

/** The marks of the tree: how the active plan compares with reality. */
function Structure({ detail, draft, ...part }: StructureProps): ReactElement {
  const drift = useQuery({
    ...query.planApply.drift.queryOptions({ input: { planId: detail.row.planId } }),
    enabled: detail.row.active,
  })
  const marks = useMemo(() => (drift.data === undefined ? NO_MARKS : getMarks(drift.data.differences)), [drift.data])
  return <StructureTab {...part} plan={draft.plan} marks={marks} edit={draft.edit} />
}

/** Asks before unsaved changes are lost by leaving the page. */
function Leaving({ isChanged }: { readonly isChanged: boolean }): ReactElement {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isChanged && (current.pathname !== next.pathname || getPlan(current.search) !== getPlan(next.search)),
    enableBeforeUnload: isChanged,
    withResolver: true,
  })
  return (
    <Dialog opened={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title="Not saved" size={420}>
      <p className="c-prose">The changes since the last version are lost if you continue.</p>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
          Keep editing
        </Button>
        <Button color="red" onClick={() => blocker.proceed?.()}>
          Leave without saving
        </Button>
      </Group>
    </Dialog>
  )
}

function getPlan(search: object): unknown {
  return 'plan' in search ? search.plan : undefined
}

/** The problems of the plan as it is edited, each with its place and what to do. */
function useProblems(plan: Plan): readonly PlanProblem[] {
  const [settled] = useDebouncedValue(plan, 250)
  const problems = useQuery({
    ...query.plan.check.queryOptions({ input: { plan: settled } }),
    placeholderData: keepPreviousData,
  })
  return problems.data ?? NO_PROBLEMS
}

const NO_PROBLEMS: readonly PlanProblem[] = []
