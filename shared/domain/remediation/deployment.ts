/** The outcome of a key that was deployed; `deletion` is the number of the item that deletes the old key. */
export function describeDeployment(deletion: number | null): string {
  const next = deletion === null ? '' : ` Remediation item ${deletion} deletes the old one.`
  return `The new key is deployed.${next}`
}
