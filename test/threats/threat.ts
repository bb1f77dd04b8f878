import type { CHECKS } from '../../build/pack/check/content.mjs'
import type { NamedTest } from '../named-tests.ts'

/** A check of `npm run dist:check`, by which a package that was made is read. */
export type PackedCheck = keyof typeof CHECKS

/** For a control that no file of a package shows: it depends on what Castellan reads or is asked while it runs. */
export const IN_USE = 'in use'

/** Who may attack, and what each is assumed to be able to do. */
export const ATTACKERS = {
  thief: {
    name: 'a thief of the disk',
    can: 'has the disk, a backup or a copied folder, but neither the login of the user nor the keychain',
  },
  neighbour: {
    name: 'another user of the machine',
    can: 'has an account on the same machine, without its administration',
  },
  passer: { name: 'a person at an unattended window', can: 'sits at the open window while its user is away' },
  program: {
    name: 'a program of the same user',
    can: 'runs as the user: it sets variables, edits files and starts Castellan. Most of what it can do is not defended: see below',
  },
  editor: {
    name: 'a holder of the register’s key',
    can: 'opens the register with another program and edits it, or puts an earlier copy in its place',
  },
  page: { name: 'a script in the window', can: 'runs in the page of the window, by a fault that is not known yet' },
  namer: {
    name: 'a person who chooses names',
    can: 'is in an organization of a client, and gives their account, key or project any name',
  },
  provider: { name: 'a hostile provider or gateway', can: 'answers what it wants, as long as it wants' },
  network: {
    name: 'a person on the network',
    can: 'reads, delays and changes what is sent, and answers as another server',
  },
  feed: { name: 'the server of a feed of updates', can: 'answers what it wants, or is answered for by another' },
  author: { name: 'the author of a file', can: 'wrote a file that is imported, watched or verified' },
  assistant: { name: 'an assistant over MCP', can: 'asks any question, and may have been misled by what it read' },
  operator: { name: 'an operator who makes a mistake', can: 'may do what is wrong, and did not mean it' },
  forger: {
    name: 'a forger of evidence',
    can: 'has an evidence pack, and wants another statement in it; may be the operator who wrote it',
  },
  supplier: {
    name: 'a supplier of a package',
    can: 'puts code of their own into a package that Castellan is built from',
  },
  fault: { name: 'a crash, a full disk or a damaged one', can: 'happens at any moment' },
} as const

export type Attacker = keyof typeof ATTACKERS

/** What one attacker would do, what Castellan does about it, and the tests that fail without that: at least one. */
export interface Threat {
  readonly who: Attacker
  /** A verb phrase: “open the register without its key”. */
  readonly attempt: string
  /** Whole sentences. */
  readonly control: string
  readonly tests: readonly [NamedTest, ...NamedTest[]]
  /** What shows the control on what is packed. A control with *never* or *only* has to have it. */
  readonly packed?: readonly [PackedCheck, ...PackedCheck[]] | typeof IN_USE
}

/** What is to be protected, with all that is attempted against it. */
export interface Asset {
  readonly name: string
  /** Begins the numbers of its rows: “CRED” gives CRED-1, CRED-2, … */
  readonly code: string
  readonly threats: readonly Threat[]
}
