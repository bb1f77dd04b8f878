import type { ComparedWitness } from '../contract/team.ts'

/** For people: what a comparison of a printed head found, and what to do. `problem`: why the server could not be asked. */
export function describeWitness(
  { position, device, server, firstHere, firstOnServer }: Omit<ComparedWitness, 'sentence'>,
  problem: string | null,
): string {
  if (device === 'unknown')
    return 'This device does not read the log: it is of another team, or of a client without a role for this member.'
  const here = HERE[device](position, firstHere ?? 0)
  if (problem !== null) return `${here} The server could not be asked: ${problem}`
  return `${here} ${ON_SERVER[server](position, firstOnServer)}`
}

const HERE: Readonly<
  Record<Exclude<ComparedWitness['device'], 'unknown'>, (position: number, first: number) => string>
> = {
  same: (position) => `This device holds position ${position} as it was printed.`,
  other: (position) => `This device holds another history at position ${position} than the printed one.`,
  missing: (_, first) => `On this device the positions from ${first} on are missing.`,
}

const ON_SERVER: Readonly<Record<ComparedWitness['server'], (position: number, first: number | null) => string>> = {
  same: () => 'The server shows the printed history.',
  other: (position, first) =>
    first === null
      ? `The server shows another history at position ${position} than the printed one. Ask an owner to compare both.`
      : `The server shows another history than this device from position ${first} on. Ask an owner to compare both.`,
  missing: (_, first) =>
    `The server shows an earlier history: the first missing position is ${first ?? 0}. Ask its administrator whether it was restored; a device that holds the entries places them again.`,
  unknown: () => 'The server does not show the log.',
}
