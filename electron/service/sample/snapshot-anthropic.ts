import type { Fact } from '../../../shared/domain/facts.ts'
import { grantFact, type Answer, type Scene } from './reading.ts'
import {
  inviteFacts,
  isArchived,
  keyFacts,
  limitFacts,
  principalsIn,
  projectAnswer,
  standing,
  userFacts,
} from './snapshot.ts'

/** The lists that a sync of an Anthropic organization reads, in its order. */
export function anthropicAnswers(scene: Scene): readonly Answer[] {
  const { plan } = scene
  const users = userFacts(scene)
  const invites = inviteFacts(scene)
  const projects = standing(plan.projects, scene)
  return [
    {
      source: 'organization',
      project: null,
      facts: [{ type: 'organization', externalId: plan.organizationId, name: plan.organizationName }],
    },
    { source: 'users', project: null, facts: users, rows: principalsIn(users) },
    { source: 'invites', project: null, facts: invites, rows: principalsIn(invites) },
    projectAnswer(scene),
    ...projects
      .filter((project) => !isArchived(project, scene))
      .map((project): Answer => ({
        source: 'project-users',
        project: scene.projectId(project.name),
        facts: memberFacts(scene, project.name),
      })),
    { source: 'keys', project: null, facts: keyFacts(scene, () => true) },
    { source: 'rate-limits', project: null, facts: limitFacts(scene, 'rate', 'hard', null) },
    ...projects
      .filter((project) => !isArchived(project, scene))
      .map((project): Answer => ({
        source: 'project-rate-limits',
        project: scene.projectId(project.name),
        facts: limitFacts(scene, 'rate', 'hard', project.name),
      })),
    {
      source: 'spend-limits',
      project: null,
      facts: [null, ...projects.map((project) => project.name)].flatMap((name) =>
        limitFacts(scene, 'spend', 'hard', name),
      ),
    },
  ]
}

function memberFacts(scene: Scene, project: string): readonly Fact[] {
  return standing(scene.plan.people, scene).flatMap((one) => {
    const role = one.projects[project]
    if (role === undefined) return []
    // Workspace members come without the day they were added.
    return [grantFact(scene, scene.userId(one.email), scene.projectId(project), role, null)]
  })
}
