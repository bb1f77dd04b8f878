import { type Kind, OPERATIONS } from '../../../shared/decisions/operations.ts'

export const KINDS = Object.keys(OPERATIONS) as readonly Kind[]
