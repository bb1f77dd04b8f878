export type Variant = 'calm' | 'documented' | 'live'

export const VARIANTS: readonly Variant[] = ['calm', 'documented', 'live']
