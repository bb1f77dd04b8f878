import type { RemediationValues } from '../../../shared/contract/remediation.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import type { Reader } from '../../register/db/handles.ts'
import { holdsKeyNamed, isThere, projectsNamed } from '../../register/remediation/named.ts'
import { directRoles, type RemediationSubject } from '../../register/remediation/subject.ts'

/**
 * Why something cannot be made yet: a project that it names is not there, or there are two of the name. Null when all of
 * them are known. A request is shown only once its ids are: nobody approves of what is not exact.
 */
export function waitsFor(
  reader: Reader,
  connectionId: number,
  { project, projects = [] }: RemediationValues,
): string | null {
  for (const name of [...(project === undefined ? [] : [project]), ...projects.map((each) => each.name)]) {
    const named = projectsNamed(reader, connectionId, name)
    if (named.length === 0) return `It waits for the project ${name}, which is not there yet. Make it first, then sync.`
    if (named.length > 1) return `Two projects are called ${name}. Rename one of them, then sync.`
  }
  return null
}

/** Why something need not be made: it is there by the last sync, and has not expired since. Null when it is not. */
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
    return `A project called ${name} is there already. Withdraw it.`
  }
  if (action === 'project-rename' && subject.name === name) return 'The project has this name already.'
  if (action === 'invite' && email !== undefined && isThere(reader, connectionId, email, now)) {
    return `${email} is a member, or invited, already. Withdraw it.`
  }
  if (within === undefined) return null
  if (action === 'project-member-add' && directRoles(reader, subject.id).some((role) => role.projectId === within.id)) {
    return `${subject.name} is in ${within.name} already. Withdraw it.`
  }
  if (action === 'service-account-create' && name !== undefined && holdsKeyNamed(reader, within.id, name, now)) {
    return `A service account or key called ${name} is in ${within.name} already. Withdraw it.`
  }
  return null
}
