import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';
import { mayBeFailedRun } from '#src/logs/failures/telling-lines.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const now = Date.UTC(2026, 10, 29);

const summarize = (text: string) => {
  const first = digestText(text, { now });
  const digest = mayBeFailedRun(first) ? digestText(text, { now, lineBudget: 20 }) : first;
  const { headline, severity, unsupportedDropped } = verifySummary(summarizeOffline({ digest }), digest);
  expect(unsupportedDropped).toBe(0);
  return { headline, severity };
};

/** Which lines each record of more than one line is of. */
const manyLined = (text: string): string[] =>
  digestText(text, { now })
    .patterns.flatMap(({ samples }) => samples.map(({ lines }) => lines))
    .filter(({ from, to }) => to > from)
    .map(({ from, to }) => `${from}-${to}`)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));

const terraform = `aws_sqs_queue.jobs: Creating...
aws_sqs_queue.jobs: Creation complete after 26s
╷
│ Warning: Argument is deprecated
│ 
│   with module.net.aws_eip.nat,
│   on net/main.tf line 8, in resource "aws_eip" "nat":
│    8:   vpc = true
│ 
│ use domain attribute instead
╵
╷
│ Error: creating ElastiCache Replication Group (carts): InvalidParameterValue: no such node type cache.t9.micro
│ \tstatus code: 400, request id: 1b2c
│ 
│   with module.cache.aws_elasticache_replication_group.carts,
│   on cache/main.tf line 12, in resource "aws_elasticache_replication_group" "carts":
│   12: resource "aws_elasticache_replication_group" "carts" {
│ 
╵`;

const pip = `Collecting mysqlclient==2.2.0
  Downloading mysqlclient-2.2.0.tar.gz (89 kB)
  error: subprocess-exited-with-error
  
  × Getting requirements to build wheel did not run successfully.
  │ exit code: 1
  ╰─> [23 lines of output]
      running egg_info
      
      Error: mysql_config executable not found.
      
      Please install the client library first.
      [end of output]
  
  note: This error originates from a subprocess, and is likely not a problem with pip.`;

const rust = `   Compiling shop v0.1.0 (/home/ci/shop)
warning: unused variable: \`cart\`
  --> src/cart.rs:10:9
   |
10 |     let cart = Cart::new();
   |         ^^^^ help: if this is intentional, prefix it with an underscore: \`_cart\`
   |
   = note: \`#[warn(unused_variables)]\` on by default

error[E0308]: mismatched types
  --> src/pay.rs:42:18
   |
42 |     let amount: u64 = price.total();
   |                 ---   ^^^^^^^^^^^^^ expected \`u64\`, found \`i64\`
   |
help: you can convert an \`i64\` to a \`u64\` and panic if the converted value doesn't fit
   |
42 |     let amount: u64 = price.total().try_into().unwrap();
   |                                    ++++++++++++++++++++

error: could not compile \`shop\` (bin "shop") due to previous error; 1 warning emitted`;

const rich = `[09:12:01] INFO     loading orders                                     load.py:12
[09:12:02] INFO     loaded 400 orders                                  load.py:15
╭──────────────────── Traceback (most recent call last) ────────────────────╮
│ /srv/app/main.py:12 in <module>                                           │
│                                                                           │
│ ❱ 12     charge(orders)                                                   │
│                                                                           │
│ /srv/app/pay.py:30 in charge                                              │
│                                                                           │
│ ❱ 30     return amounts[order.currency]                                   │
╰───────────────────────────────────────────────────────────────────────────╯
KeyError: 'CHF'`;

const npm = `> shop@1.0.0 postinstall
npm WARN deprecated har-validator@5.1.5: this library is no longer supported
npm ERR! code ERESOLVE
npm ERR! ERESOLVE unable to resolve dependency tree
npm ERR! 
npm ERR! Found: react@18.2.0
npm ERR! node_modules/react
npm ERR!   react@"^18.2.0" from the root project
npm ERR! 
npm ERR! A complete log of this run can be found in:
npm ERR!     /root/.npm/_logs/debug-0.log`;

const stamped = (text: string): string =>
  text
    .split('\n')
    .map((line) => `2026-11-22T09:00:00.1234567Z ${line}`)
    .join('\n');

describe('what a tool draws around a failure is one record with it, headed by what failed', () => {
  test('a box of Terraform is one record; its headline names the error and the resource', () => {
    expect(manyLined(terraform)).toEqual(['3-11', '12-20']);
    const { headline, severity } = summarize(terraform);
    expect(severity).toBe('high');
    expect(headline).toMatch(/creating ElastiCache Replication Group.*no such node type/);
    expect(headline).toContain('with module.cache.aws_elasticache_replication_group.carts');
    expect(manyLined(stamped(terraform))).toEqual(['3-11', '12-20']);
  });

  test('below the cross of pip stands what the command put out, which says why', () => {
    expect(manyLined(pip)).toEqual(['1-2', '3-15']);
    expect(summarize(pip).headline).toMatch(/^“mysql_config executable not found/);
  });

  test('the source that Rust shows belongs to its message, and a line number in front of a bar is no name of a service', () => {
    expect(manyLined(rust)).toEqual(['2-8', '10-19']);
    expect(summarize(rust).headline).toMatch(/error\[E0308\]: mismatched types/);
  });

  test('a trace drawn by rich is one record with the exception below it, and no part of the line above', () => {
    expect(manyLined(rich)).toEqual(['3-12']);
    expect(summarize(rich)).toMatchObject({ headline: expect.stringMatching(/^A fault in the code: “KeyError: 'CHF'”/), severity: 'high' });
  });

  test('all that npm says of an error is one record, named by what it was and not by its code', () => {
    expect(manyLined(npm)).toEqual(['3-11']);
    expect(manyLined(stamped(npm))).toEqual(['3-11']);
    expect(summarize(npm).headline).toMatch(/^Dependencies do not fit together: .*unable to resolve dependency tree/);
  });

  test('a report of the Elm compiler is a failed build', () => {
    const report = [
      'Compiling ...',
      '-- TYPE MISMATCH ---------------------------------------------- src/Cart.elm',
      '',
      'The 1st argument to `viewPrice` is not what I expect:',
      '',
      '42|     viewPrice model.name',
    ];
    expect(summarize(report.join('\n'))).toMatchObject({ headline: expect.stringMatching(/^A build or test failed/) });
  });
});
