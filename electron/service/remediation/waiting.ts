import type { RemediationValues } from '../../../shared/contract/remediation.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import type { Reader } from '../../register/db/handles.ts'
import { holdsKeyNamed, isThere, projectsNamed } from '../../register/remediation/named.ts'
import { directRoles, type RemediationSubject } from '../../register/remediation/subject.ts'

/**
 * Why something cannot be made yet: a project that it names does not exist, or two have the name. Null when all of them
 * are known. A request is shown only once its ids are known: only an exact request can be approved.
 */
export function waitsFor(
  reader: Reader,
  connectionId: number,
  { project, projects = [] }: RemediationValues,
): string | null {
  for (const name of [...(project === undefined ? [] : [project]), ...projects.map((each) => each.name)]) {
    const named = projectsNamed(reader, connectionId, name)
    if (named.length === 0)
      return `It waits for the project ${name}, which does not exist yet. Create it first, then sync.`
    if (named.length > 1) return `Two projects are called ${name}. Rename one of them, then sync.`
  }
  return null
}

/** Why something need not be made: the last sync shows it, and it has not expired since. Null when it must be made. */
export function thereAlready(
  reader: Reader,
  subject: RemediationSubject,
  action: RemediationAction,
  { name, email, project }: RemediationValues,
  now: number,
): string | null {
  const { connectionId } = subject
  const [within] = project === undefined ? [] : projectsNamed(reader, connectionId, project)
  if (action === 'project-create' && name !== undefined && projectsNamed(reader, connectionId, name).length > 0) {
    return `The project ${name} exists already. Cancel this change.`
  }
  if (action === 'project-rename' && subject.name === name) return 'The project has this name already.'
  if (action === 'invite' && email !== undefined && isThere(reader, connectionId, email, now)) {
    return `${email} is a member, or invited, already. Cancel this change.`
  }
  if (within === undefined) return null
  if (action === 'project-member-add' && directRoles(reader, subject.id).some((role) => role.projectId === within.id)) {
    return `${subject.name} is in ${within.name} already. Cancel this change.`
  }
  if (action === 'service-account-create' && name !== undefined && holdsKeyNamed(reader, within.id, name, now)) {
    return `A service account or key called ${name} is in ${within.name} already. Cancel this change.`
  }
  return null
}
