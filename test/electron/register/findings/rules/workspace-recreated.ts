import type { ProjectFact } from '../../../../../shared/domain/facts.ts'
import { project } from '../../registers.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago, type World } from '../worlds.ts'

const web = (id: string, over: Partial<ProjectFact> = {}): ProjectFact => project(id, { name: 'Web', ...over })
const archivedWeb = web('proj_a', { status: 'archived', archivedAt: ago(40), createdAt: ago(400) })

/** First one project of the name, then another. */
const again = (first: number, made: number | null, over: Partial<ProjectFact> = {}): World => ({
  before: [[first, { projects: [web('proj_a', { createdAt: ago(400) })] }]],
  projects: [web('proj_b', { createdAt: made === null ? null : ago(made), ...over })],
})

export const cases: RuleCases = {
  rule: 'workspace-recreated',
  subjects: ['Web'],
  found: {
    'removed and recreated': again(10, 5),
    'removed and recreated, without a creation date, after a sync that had only the first': again(40, null),
    'archived and recreated beside it': { projects: [archivedWeb, web('proj_b', { createdAt: ago(5) })] },
    'recreated long ago, and since the last signed review': { ...again(300, 200), reviewed: 250 },
  },
  notFound: {
    'another name': again(10, 5, { name: 'Shop' }),
    'a second one with the name while the first is active': {
      projects: [web('proj_a'), web('proj_b', { createdAt: ago(5) })],
    },
    'one that existed before the other was archived': {
      projects: [archivedWeb, web('proj_b', { createdAt: ago(41) })],
    },
    'recreated before the last signed review': {
      before: [
        [40, { projects: [web('proj_a')] }],
        [20, { projects: [web('proj_b', { createdAt: ago(25) })] }],
      ],
      projects: [web('proj_b', { createdAt: ago(25) })],
      reviewed: 10,
    },
    'recreated before the first known sync': again(40, null, { status: 'archived' }),
  },
  boundary: {
    notYet: { 'recreated 30 days ago': again(40, 30) },
    just: { 'recreated a moment later': again(40, null, { createdAt: ago(30) + 1 }) },
  },
}
