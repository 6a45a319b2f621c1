import { base, byte, digit, flagsOf, hex, id, isDigit, num, uuid } from './bytes';
import { asId, byForm, codeOf, countAt, endAt, firstByte, formAfter, formCode, formCount, formFirst, formLead, formLetters, formSlash, formsOf, formStop, hashAt, isGap, isQuoted, jointOf, leafAt, marksOf, mayBeStatus, nextOther, nextText, noughtsAt, numberJoint, otherCodes, otherText, otherTexts, quotesAt, scanCode, scanEnd, scanKind, scanValue, schemeJoint, slashAt, textBehind, textFrom, textLeaf, textTo, textVariable, unsureJoint, wayOf } from './layout';
import { afterOf, readAddress, readId, readPath } from './words';

/** Reads what is neither a number nor an id, nor of the form of a word before: its code, or 0 when it is no variable for sure. */
@external("env", "readOther")
declare function readOther(variable: i32, from: i32, start: i32): i32;

const base2: i32 = base * base;
const base3: i32 = base2 * base;
const base4: i32 = base3 * base;
const longestScan = 4096;

@inline function isBlankOrEnd(c: i32): bool { return c == 32 || c == 10 || c == 13; }

const sevenBits: i32 = 0x7f7f7f7f;
const topBits: i32 = 0x80808080;
/** Of four bytes of a form: what, added to how other bytes differ from them, sets the top bit of one that differs too much: at all, or from a nought by more than nine. */
@inline function reachOfDigits(letters: i32): i32 {
  const other = letters ^ 0x30303030;
  const isOther = (((other & sevenBits) + sevenBits) | other) & topBits;
  return sevenBits - ((~isOther & topBits) >>> 7) * 9;
}

/**
 * As `ShapeTree.follow`: leads the line that begins here down the tree. Where it ends, or -1; its variables are put into the scan, in bytes of the log, which
 * are `shift` less than those of the window.
 */
export function follow(root: i32, from: i32, scan: i32, shift: i32): i32 {
  let node = root;
  let i = from;
  let count = 0;
  let hadSlash = 0;
  let spare = 0, spareAt = 0;
  while (true) {
    let variable = 0;
    while (true) {
      let k = load<i32>(node, textFrom);
      const stop = load<i32>(node, textTo);
      // Eight bytes at a time: between variables there may be many.
      while (k + 8 <= stop && load<i64>(i) == load<i64>(k)) { k += 8; i += 8; }
      if (k + 4 <= stop && load<i32>(i) == load<i32>(k)) { k += 4; i += 4; }
      while (k < stop && load<u8>(i) == load<u8>(k)) { k++; i++; }
      if (k < stop) {
        if (spare == 0) return -1;
        variable = spare;
        i = spareAt;
        break;
      }
      const c = byte(i);
      let next = 0;
      if (load<i32>(node, firstByte) == c) next = load<i32>(node, nextText);
      else {
        const others = load<i32>(node, otherTexts);
        if (others != 0) next = load<i32>(others + (c << 2));
      }
      if (next != 0) {
        const v = load<i32>(node, textVariable);
        if (v != 0) { spare = v; spareAt = i; }
        node = next;
        continue;
      }
      if (c == 10 || (c == 13 && byte(i + 1) == 10)) {
        const end = load<i32>(node, textLeaf);
        if (end == 0 || i - from > longestScan) return -1;
        store<i32>(countAt, count);
        store<i32>(leafAt, end);
        return i;
      }
      variable = load<i32>(node, textVariable);
      if (variable == 0 && spare != 0) { variable = spare; i = spareAt; }
      break;
    }
    if (variable == 0) return -1;
    spare = 0;
    const start = i;
    let code = 0, hash = 0;
    let c = byte(i);
    if (c == 46 || flagsOf(c) == 0) return -1;
    const joint = load<i32>(variable, jointOf);
    const way = load<i32>(variable, wayOf);
    if (joint != 0) {
      if (joint == schemeJoint) { if (c == 47 && byte(i + 1) == 47) return -1; }
      else if (joint == unsureJoint || !isDigit(c)) return -1;
    }
    if (way == byForm && joint != numberJoint) {
      const forms = load<i32>(variable, formCount);
      for (let turn = 0; turn < forms; turn++) {
        const form = load<i32>(variable + (turn << 2), formsOf);
        const formFrom = form + formLetters;
        const stop = formFrom + load<i32>(form);
        let lead = load<i32>(form, formLead);
        let k = formFrom + lead;
        for (; lead > 0 && isDigit(c); lead--) {
          hash = hash * base + c;
          i++; c = byte(i);
        }
        if (k + 4 <= stop) {
          for (; k + 4 <= stop; k += 4) {
            const bytes = load<i32>(i);
            const letters = load<i32>(k);
            const differing = bytes ^ letters;
            if (((((differing & sevenBits) + reachOfDigits(letters)) | differing) & topBits) != 0) break;
            hash = hash * base4 + (bytes & 255) * base3 + ((bytes >>> 8) & 255) * base2;
            hash = hash + ((bytes >>> 16) & 255) * base + (bytes >>> 24);
            i += 4;
          }
          c = byte(i);
        }
        for (; k < stop && load<u8>(c, noughtsAt) == load<u8>(k); k++) {
          hash = hash * base + c;
          i++; c = byte(i);
        }
        if (k == stop) {
          const first = byte(start);
          const mustBe = load<i32>(form, formFirst);
          const behind = load<i32>(form, formStop);
          if (load<u8>(first, noughtsAt) == load<u8>(formFrom) && afterOf(i) == load<i32>(form, formAfter) &&
            (mustBe == 0 || mustBe == first) &&
            (behind == 0 || behind == c || (isBlankOrEnd(behind) && isBlankOrEnd(c)))) {
            code = load<i32>(form, formCode);
            hadSlash = load<i32>(form, formSlash);
            for (let t = turn; t > 0; t--) store<i32>(variable + (t << 2), load<i32>(variable + (t << 2), formsOf - 4), formsOf);
            if (turn > 0) store<i32>(variable, form, formsOf);
            break;
          }
        }
        i = start;
        hash = 0;
        c = byte(i);
      }
    } else if (way == asId && joint != numberJoint) {
      code = readId(start);
      if (code != 0) { i = load<i32>(endAt); hash = load<i32>(hashAt); hadSlash = 0; }
    }
    if (code == 0) {
      while (isDigit(c)) { hash = hash * base + c; i++; c = byte(i); }
      if (i > start && flagsOf(c) == 0) {
        const marks = load<i32>(variable, marksOf);
        if (i - start == 3 && byte(start) < 54 && ((marks & mayBeStatus) != 0 || ((marks & isGap) != 0 && hadSlash != 0))) return -1;
        if ((c != 58 && c != 44) || afterOf(i) == 1) {
          code = (load<u8>(c, quotesAt) == 1 ? digit ^ 2048 : digit) * 16 + num;
          hadSlash = 0;
        }
      }
    }
    if (code == 0) {
      if (joint == numberJoint) return -1;
      code = readAddress(start);
      if (code == 0) code = readPath(start);
      if (code == 0 && (load<i32>(variable, marksOf) & isQuoted) == 0) {
        const kind = load<i32>(variable, codeOf) & 15;
        if (kind == id || kind == hex || kind == uuid) {
          code = readId(start);
          if (code != 0) store<i32>(variable, asId, wayOf);
        }
      }
      if (code == 0) {
        code = readOther(variable, from, start);
        if (code == 0) return -1;
      }
      i = load<i32>(endAt);
      hash = load<i32>(hashAt);
      hadSlash = load<i32>(slashAt);
    }
    const cell = scan + (count << 2);
    store<i32>(cell, start - shift);
    store<i32>(cell, i - shift, scanEnd);
    store<u8>(scan + count, code & 15, scanKind);
    store<i32>(cell, code, scanCode);
    store<i32>(cell, hash, scanValue);
    count++;
    if (load<i32>(variable, codeOf) == code) node = load<i32>(variable, textBehind);
    else {
      let other = load<i32>(variable, otherCodes);
      while (other != 0 && load<i32>(other) != code) other = load<i32>(other, nextOther);
      if (other == 0) return -1;
      node = load<i32>(other, otherText);
    }
  }
}
