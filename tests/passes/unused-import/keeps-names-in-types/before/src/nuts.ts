export interface Hazel {}
