import { hashBytes, hashSeed } from '#src/logs/digest/lines/bytes.ts';

/** What a field is to a record, by what its key is commonly called. */
export type Role =
  | 'time'
  | 'level'
  | 'letter'
  | 'severity'
  | 'message'
  | 'error'
  | 'stack'
  | 'status'
  | 'word'
  | 'tag'
  | 'stream'
  | 'host'
  | 'origin'
  | 'audit'
  | 'skip';

// By the hash of their lower-cased bytes, so that no line makes a string of its keys.
const roles = new Map<number, Role>();
const assign = (role: Role, names: string) => {
  for (const name of names.split(' ')) roles.set(hashBytes(Buffer.from(name), 0, name.length, 32), role);
};
assign(
  'time',
  'ts time timestamp @timestamp t @t datetime eventtime timemillis asctime date time_iso8601 time_local __realtime_timestamp $date timeunixnano observedtimeunixnano epochsecond',
);
// MongoDB's letter, and the number of OpenTelemetry.
assign('letter', 's');
assign('severity', 'severitynumber severity_number');
assign('level', 'level lvl @l severity loglevel log.level levelname severity_text severitytext priority log_level at');
assign(
  'message',
  'msg message log text short_message body @message @m @mt textpayload renderedmessage messagetemplate log.msg log.message body.stringvalue',
);
assign(
  'error',
  'err error exception @x errormessage error_message exc_info cause exception_class error_class exception_type error_type error.type error.kind error.name error.message error.msg error.class err.type err.name err.message err.msg exception.type exception.message exception.class',
);
assign(
  'stack',
  'stack stacktrace stack_trace err.stack error.stack error.stack_trace error.stacktrace exception.stacktrace exception.stack_trace',
);
assign(
  'status',
  'status status_code statuscode http_status http.status_code response_code responsecode http_status_code sc-status elb_status_code upstream_status',
);
assign('word', 'event event_type type action method operation code error_code errorcode exit_code exitcode errno');
assign('stream', 'stream');
// Beside them a number from 0 to 7 is the severity of syslog.
assign('origin', 'host source facility syslog_facility syslog_identifier _hostname');
assign('skip', 'v pid hostname ingestiontime __cursor __monotonic_timestamp _boot_id _machine_id');

/** Of journald's export format, which has dozens of fields of its own. */
const journalRoles = new Map<number, Role>(
  [
    ['message', 'message'],
    ['priority', 'level'],
    ['__realtime_timestamp', 'time'],
    ['syslog_identifier', 'tag'],
  ].map(([name = '', role]) => [hashBytes(Buffer.from(name), 0, name.length, 32), role as Role]),
);

/** Of events of Windows, however they are written; the message stands below its key or behind it, and may be of many lines. */
const eventRoles = new Map<number, Role>(
  [
    ['message', 'message'],
    ['type', 'level'],
    ['sourcename', 'tag'],
    ['eventcode', 'word'],
    ['computername', 'host'],
    ['keywords', 'audit'],
    ['date', 'time'],
    ['source', 'tag'],
    ['event id', 'word'],
    ['level', 'level'],
    ['computer', 'host'],
    ['description', 'message'],
    ['timecreated', 'time'],
    ['providername', 'tag'],
    ['id', 'word'],
    ['leveldisplayname', 'level'],
  ].map(([name = '', role]) => [hashBytes(Buffer.from(name), 0, name.length, 32), role as Role]),
);

export const noPrefix = hashSeed;
const prefixes = new Map(
  ['error', 'err', 'exception', 'log', 'body'].map((name) => [
    hashBytes(Buffer.from(name), 0, name.length, 32),
    hashBytes(Buffer.from(`${name}.`), 0, name.length + 1, 32),
  ]),
);

const longestKey = 40;

export const hashKey = (b: Uint8Array, start: number, end: number, prefix = noPrefix): number =>
  hashBytes(b, start, Math.min(end, start + longestKey), 32, prefix);

export const roleOf = (key: number): Role | undefined => roles.get(key);

export const eventRoleOf = (key: number): Role => eventRoles.get(key) ?? 'skip';

export const journalRoleOf = (key: number): Role => journalRoles.get(key) ?? 'skip';

/** 'error.message' and 'log.level' mean something; keys in other objects count by their own names. */
export const prefixOf = (key: number): number => prefixes.get(key) ?? noPrefix;
