/** A digest's times as milliseconds since 1970; what states no zone as though it were UTC. */
export const millisecondsOf = (time: string): number => Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`);

/** What states no zone may be from any: so far it may be off to either side. */
export const ANY_ZONE_MS = 14 * 60 * 60_000;
