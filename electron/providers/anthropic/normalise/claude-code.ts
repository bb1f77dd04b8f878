import type { ProjectFact } from '../../../../shared/domain/facts.ts'

/**
 * Claude Code as a tool that makes keys. When the first member signs in to it with a Console account, Anthropic makes a
 * workspace of this name; each sign-in makes one key there for that member, which stops working when the member is
 * removed from the workspace or the organization, and keys cannot be made there in the console (workspaces guide).
 */
export const CLAUDE_CODE = 'Claude Code'

/** How live servers name these keys: the member's name or address, and four letters. Nothing else in the API marks them. */
const KEY_NAME = /^claude_code_key_/u

/** Whether Claude Code made a key. Both marks are needed: anyone can use either name for something else. */
export function isOfClaudeCode(keyName: string | null, workspace: ProjectFact | undefined): boolean {
  return workspace?.name === CLAUDE_CODE && KEY_NAME.test(keyName ?? '')
}
