import { loadTeamCrypto } from '../../electron/team/crypto.ts'

/** The verifier of a password for PostgreSQL. */
export async function createScramVerifierOf(password: string): Promise<string> {
  return (await loadTeamCrypto()).createScramVerifier(password)
}
