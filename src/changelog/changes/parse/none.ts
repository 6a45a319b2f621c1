/** An empty list, one for all: most changes close, bring and carry nothing, and a list for each would take more than their words. */
export const none: readonly never[] = Object.freeze([]);
