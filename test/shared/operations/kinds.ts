import { type Kind, OPERATIONS } from '../../../shared/operations/operations.ts'

export const KINDS = Object.keys(OPERATIONS) as readonly Kind[]
