/** The outcome of a key that was deployed. */
export const DEPLOYED = 'The new key is deployed.'

/** Describes a deployment with the number of the item that deletes the old key; null where there is none. */
export function describeDeployment(deletion: number | null): string {
  return deletion === null ? DEPLOYED : `${DEPLOYED} Remediation item ${deletion} deletes the old one.`
}
