// Days, months, years and zones; as `heads/calendar.ts`.
import { byte } from './bytes';

export const day: f64 = 86400000.0;
export const yearLength: f64 = 365.2425 * day;

/** Howard Hinnant, days_from_civil. */
function toDays(year: i32, month: i32, dayOfMonth: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

@inline export function lengthOf(month: i32): i32 { return month == 2 ? 29 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31; }

@inline export function isDay(month: i32, dayOfMonth: i32): bool { return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= lengthOf(month); }

@inline export function atDay(year: i32, month: i32, dayOfMonth: i32): f64 { return <f64>toDays(year, month, dayOfMonth) * day; }

export function yearOf(ms: f64): i32 {
  let year = 1970 + <i32>(ms / yearLength);
  while (atDay(year, 1, 1) > ms) year--;
  while (atDay(year + 1, 1, 1) <= ms) year++;
  return year;
}

@inline function nameAt(i: i32): i32 { return ((byte(i) | 32) << 16) | ((byte(i + 1) | 32) << 8) | (byte(i + 2) | 32); }
const MON = 0x6d6f6e, TUE = 0x747565, WED = 0x776564, THU = 0x746875, FRI = 0x667269, SAT = 0x736174, SUN = 0x73756e;
export function monthAt(i: i32): i32 {
  switch (nameAt(i)) {
    case 0x6a616e: return 1;
    case 0x666562: return 2;
    case 0x6d6172: return 3;
    case 0x617072: return 4;
    case 0x6d6179: return 5;
    case 0x6a756e: return 6;
    case 0x6a756c: return 7;
    case 0x617567: return 8;
    case 0x736570: return 9;
    case 0x6f6374: return 10;
    case 0x6e6f76: return 11;
    case 0x646563: return 12;
  }
  return 0;
}
export function isWeekday(i: i32): bool {
  const name = nameAt(i);
  return (byte(i + 3) == 32 || byte(i + 3) == 44) &&
    (name == MON || name == TUE || name == WED || name == THU || name == FRI || name == SAT || name == SUN);
}

/** Of zones that are told by name but are not unique: as `zoneNames` of `heads/times.ts`. */
export function isZone(at: i32, length: i32): bool {
  if (length == 3) {
    switch ((byte(at) << 16) | (byte(at + 1) << 8) | byte(at + 2)) {
      case 0x455354: case 0x454454: case 0x435354: case 0x434454: case 0x4d5354: case 0x4d4454: case 0x505354: case 0x504454: // EST EDT CST CDT MST MDT PST PDT
      case 0x434554: case 0x454554: case 0x574554: case 0x425354: case 0x495354: case 0x4a5354: case 0x4b5354: // CET EET WET BST IST JST KST
      case 0x4d534b: case 0x534754: case 0x484b54: // MSK SGT HKT
        return true;
    }
    return false;
  }
  if (length != 4) return false;
  switch (load<i32>(at)) {
    case 0x54534543: case 0x54534545: case 0x54534557: case 0x54534541: case 0x54444541: return true; // CEST EEST WEST AEST AEDT
  }
  return false;
}
