// Where things lie in the memory that the code of this folder shares with ours: byte addresses, and offsets within what is pointed to. Both sides read
// this file, so there is nothing in it but constants.

/** What the last call found, as a number each. */
export const countAt = 0;
export const leafAt = 4;
export const endAt = 8;
export const hashAt = 12;
export const slashAt = 16;
/** What was told of readings under another number is void. */
export const epochAt = 24;
/** The time that the record in front has among its fields, NaN where it has none, and whether it is an epoch: dates are completed by it once the next head was read. */
export const pendingAt = 32;
export const pendingEpoch = 8;

/** Properties of bytes. */
export const flagsAt = 0x100;
export const sortsAt = 0x300;
export const noughtsAt = 0x500;
export const quotesAt = 0x600;
export const addressEndsAt = 0x700;
export const nameBeginsAt = 0x800;
export const namesAt = 0x1000;
export const nameSlots = 4096;

/** Scans: arrays one after the other. The third is the code's own. */
export const scansAt = 0x5000;
export const scanBytes = 0x1200;
export const scanEnd = 1024;
export const scanCode = 2048;
export const scanValue = 3072;
export const scanKind = 4096;

/** A stretch of the log. */
export const windowAt = 0x10000;
export const windowBytes = 0x20000;

/** Lines that were read, and the values in them. */
export const rowsAt = 0x40000;
export const mostRows = 256;
export const rowBytes = 32;
export const rowStart = 4;
export const rowEnd = 8;
export const rowMarks = 12;
export const rowKey = 16;
export const rowMessage = 20;
export const rowMs = 24;
export const valuesAt = 0x48000;
export const mostValues = 2048;
export const valueBytes = 12;

/** As `TimeMemory`, of times and of the clocks of messages. */
export const timesAt = 0x50000;
export const clocksAt = 0x50100;
export const timeDays = 8;
export const timeLast = 40;
export const timeLengths = 44;
export const timeYearless = 60;
export const timeTexts = 76;
export const timeEpoch = 176;
export const timeBeforeEpoch = 184;
export const timeNow = 192;
export const saidDates = 4;
export const longestDate = 24;

/** Known lines: texts, variables, forms, leaves. */
export const treeAt = 0x60000;
export const treeEnd = 0x460000;
export const textFrom = 0;
export const textTo = 4;
export const firstByte = 8;
export const nextText = 12;
export const otherTexts = 16;
export const textVariable = 20;
export const textLeaf = 24;
export const textBytes = 28;
export const codeOf = 0;
export const textBehind = 4;
export const wayOf = 8;
export const jointOf = 12;
export const marksOf = 16;
export const otherCodes = 20;
export const formCount = 24;
export const formsOf = 28;
export const mostForms = 4;
export const variableBytes = 44;
export const otherText = 4;
export const nextOther = 8;
export const otherBytes = 12;
export const formLead = 4;
export const formFirst = 8;
export const formAfter = 12;
export const formCode = 16;
export const formSlash = 20;
export const formStop = 24;
export const formLetters = 28;
export const longestForm = 64;
export const leafEpoch = 4;
export const leafEntries = 8;
export const leafBytes = 12;

/** How a variable was read last: by its form, as an id, or, 0, as a number or else. */
export const byForm = 1;
export const asId = 2;
/** Numbers of joints. */
export const schemeJoint = 2;
export const numberJoint = 3;
export const unsureJoint = 4;
/** Marks of a variable. */
export const isGap = 1;
export const mayBeStatus = 2;
export const isQuoted = 4;

/** Readings of known lines, by leaf and what guards say. */
export const readingsAt = 0x480000;
export const readingsEnd = 0x5e0000;
export const nextEntry = 4;
export const wordCount = 8;
export const guardsAt = 12;
export const guardSlots = 64;
export const guardTurns = 4;
export const wordsAt = 524;
export const mostWords = 16;
export const messageOf = 4;
export const probeCount = 8;
export const timeProbeOf = 12;
export const isTied = 16;
export const valueCount = 20;
export const needsCalm = 24;
export const isCalm = 28;
export const headCount = 32;
export const lateCount = 36;
export const longestOf = 40;
export const readingBytes = 44;
export const probeAt = 4;
export const probeLimit = 8;
export const probeFound = 12;
export const probeEnd = 16;
export const probeWord = 20;
export const probeHopeless = 24;
export const probeBytes = 28;
export const valueFixed = 4;
export const valueHash = 8;
export const valueFrom = 12;
export const valueTo = 16;
export const slotBytes = 20;

/** Of 64 KiB. The memory never grows: an array over memory that moves makes all arrays slower. */
export const pages = 96;
