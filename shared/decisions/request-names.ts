import { canonicalJson, type Json } from '../domain/canonical-json.ts'
import type { DescribedRemediation } from './remediation.ts'

/** The change of a request, named for every register: of one, only one item is open at a time. */
export function nameRequest({ connectionUid, action, subject, values }: DescribedRemediation): string {
  const { projectId: _, projectNamed, ...others } = values
  return canonicalJson([
    connectionUid,
    action,
    subject.kind,
    subject.named?.externalId ?? null,
    { ...others, ...(projectNamed === undefined ? {} : { project_x: projectNamed.externalId }) },
  ] as Json)
}
