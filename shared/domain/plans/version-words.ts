interface Version {
  readonly says: string
  readonly parent: number | null
  readonly draft: boolean
}

/** For people: how a version was made, and of a draft why it is not the newest. */
export function describeVersion({ says, parent, draft }: Version): string {
  if (!draft) return says
  const on = parent === null ? 'an earlier version' : `version ${parent}`
  return `${says}. A draft made on ${on}, since another version was saved first`
}
