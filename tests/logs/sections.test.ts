import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';
import { mayBeFailedRun } from '#src/logs/failures/telling-lines.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const now = Date.UTC(2026, 10, 29);

const read = (text: string) => {
  const first = digestText(text, { now });
  return mayBeFailedRun(first) ? digestText(text, { now, lineBudget: 20 }) : first;
};

const headlineOf = (text: string): string => {
  const digest = read(text);
  const { headline, unsupportedDropped } = verifySummary(summarizeOffline({ digest }), digest);
  expect(unsupportedDropped).toBe(0);
  return headline;
};

const mqMessage = (
  minute: number,
  code: string,
  message: string,
): string => `11/22/2026 09:0${minute}:00 AM - Process(1300.5) User(mqm) Program(amqrmppa)
                    Host(mq1) Installation(Installation1)
                    VRMF(9.2.0.0) QMgr(QM1)

${code}: ${message}

EXPLANATION:
The program running under process ID 1300 ended abnormally or did what the
message says. In some cases the host name cannot be determined.
ACTION:
Look at previous error messages in the error logs to determine the cause of the
failure.
----- amqrmrsa.c : 950 --------------------------------------------------------`;

describe('a sheet in sections is one record, told by its message and not by its explanation', () => {
  test('IBM MQ: the code and its sentence head the record, and the letter of the code is its level', () => {
    const text = [
      mqMessage(1, 'AMQ8003I', "IBM MQ queue manager 'QM1' started using V9.2.0.0."),
      mqMessage(2, 'AMQ9001I', "Channel 'TO.QM3' ended normally."),
      mqMessage(4, 'AMQ9202E', "Remote host 'mq2 (10.0.0.7) (1414)' not available, retry later."),
    ].join('\n');
    expect(headlineOf(text)).toMatch(/AMQ9202E: Remote host 'mq2 \(10\.0\.0\.7\) \(1414\)' not available/);
    const { levels, records } = read(text);
    expect(levels).toMatchObject({ error: 1, info: 2 });
    // The rulers between them are lines of their own.
    expect(records).toBe(6);
  });

  test('Spring Boot: what is described leads, and not that the application failed to start', () => {
    const text = `2026-11-22 09:00:00.120  INFO 1 --- [           main] com.acme.ShopApplication                 : Starting ShopApplication
2026-11-22 09:00:03.320 ERROR 1 --- [           main] o.s.b.d.LoggingFailureAnalysisReporter   : 

***************************
APPLICATION FAILED TO START
***************************

Description:

Web server failed to start. Port 8443 was already in use.

Action:

Identify and stop the process that's listening on port 8443 or configure this application to listen on another port.
`;
    expect(headlineOf(text)).toMatch(/^A port is already taken: .*Web server failed to start\. Port 8443 was already in use/);
    expect(read(text).records).toBe(2);
  });

  test('a program that did not start is headed by what that was caused by, with the address', () => {
    const spring = `2026-11-22T09:00:00.120Z  INFO 1 --- [           main] com.acme.ShopApplication                 : Starting ShopApplication
2026-11-22T09:00:33.320Z ERROR 1 --- [           main] o.s.boot.SpringApplication               : Application run failed

org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'entityManagerFactory'
	at com.acme.ShopApplication.main(ShopApplication.java:12) ~[classes!/:1.4.0]
Caused by: org.postgresql.util.PSQLException: Connection to orders-db:5432 refused. Check that the hostname and port are correct.
	at org.postgresql.core.v3.ConnectionFactoryImpl.openConnectionImpl(ConnectionFactoryImpl.java:331)
	... 40 common frames omitted
Caused by: java.net.ConnectException: Connection refused
	... 50 common frames omitted`;
    expect(headlineOf(spring)).toMatch(/Application run failed”, caused by “.*Connection to orders-db:5432 refused/);
    const dotnet = `[09:00:00 INF] Starting web host
[09:00:31 FTL] Host terminated unexpectedly
Npgsql.NpgsqlException (0x80004005): Failed to connect to 10.0.0.5:5432
 ---> System.Net.Sockets.SocketException (111): Connection refused
   at Npgsql.Internal.NpgsqlConnector.Connect(NpgsqlTimeout timeout)
   at Shop.Program.Main(String[] args) in /src/Program.cs:line 24`;
    expect(headlineOf(dotnet)).toMatch(/Host terminated unexpectedly”, caused by “.*Connection refused/);
  });
});
